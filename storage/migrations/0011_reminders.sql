-- What reminders need: birthdays by the farmers' calendar, telephone calls to
-- elders, visits drawn for a courtesy call.

CREATE TABLE IF NOT EXISTS birthday (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    lunar_month INT          NOT NULL,
    lunar_day   INT          NOT NULL,
    leap        SMALLINT     NOT NULL,
    PRIMARY KEY (village, person)
) {{table}};

CREATE TABLE IF NOT EXISTS phone_call (
    id          {{id}},
    village     BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    caller      BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    outcome     VARCHAR(10)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY phone_call_elder (village, elder, on_day)
) {{table}};

CREATE TABLE IF NOT EXISTS courtesy (
    id          {{id}},
    village     BIGINT       NOT NULL,
    visit       BIGINT       NOT NULL,
    month       CHAR(7)      NOT NULL,
    outcome     VARCHAR(10)  NOT NULL,
    asked_by    BIGINT       NOT NULL,
    settled_at  BIGINT       NOT NULL,
    UNIQUE (village, visit),
    KEY courtesy_open (village, outcome)
) {{table}};

-- How many notices were no longer of use when they could have gone out, a day;
-- told once a brief has said so.
CREATE TABLE IF NOT EXISTS missed (
    village     BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    n           BIGINT       NOT NULL,
    told        BIGINT       NOT NULL,
    PRIMARY KEY (village, on_day)
) {{table}};
