-- Words that a village has taught the reader, lines that were not understood,
-- and what was measured of a person.

CREATE TABLE IF NOT EXISTS taught (
    village     BIGINT       NOT NULL,
    word        VARCHAR(10)  NOT NULL,
    meaning     VARCHAR(20)  NOT NULL,
    taught_by   BIGINT       NOT NULL,
    taught_at   BIGINT       NOT NULL,
    PRIMARY KEY (village, word)
) {{table}};

CREATE TABLE IF NOT EXISTS puzzle (
    id          {{id}},
    village     BIGINT       NOT NULL,
    words       VARCHAR(30)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY puzzle_village (village, created_at),
    KEY puzzle_age (created_at)
) {{table}};

CREATE TABLE IF NOT EXISTS measure (
    id          {{id}},
    village     BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    visit       BIGINT       NOT NULL,
    kind        VARCHAR(12)  NOT NULL,
    tenths      INT          NOT NULL,
    low_tenths  INT          NOT NULL,
    taken_by    BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY measure_elder (village, elder, on_day),
    KEY measure_visit (village, visit),
    KEY measure_age (created_at)
) {{table}};
