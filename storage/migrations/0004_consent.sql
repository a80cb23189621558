-- Who agreed to what, how people came to speak for others, and what is to be
-- known before one rings or knocks.

CREATE TABLE IF NOT EXISTS consent (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    about       BIGINT       NOT NULL,
    answer      VARCHAR(10)  NOT NULL,
    way         VARCHAR(10)  NOT NULL,
    told_by     BIGINT       NOT NULL,
    witness     VARCHAR(60)  NOT NULL,
    text_no     VARCHAR(12)  NOT NULL,
    evidence    VARCHAR(200) NOT NULL,
    at          BIGINT       NOT NULL,
    ended_at    BIGINT       NOT NULL,
    KEY consent_person (village, person),
    KEY consent_stands (village, ended_at)
) {{table}};

CREATE TABLE IF NOT EXISTS consent_text (
    village     BIGINT       NOT NULL,
    text_no     VARCHAR(12)  NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    words       TEXT         NOT NULL,
    since       BIGINT       NOT NULL,
    PRIMARY KEY (village, text_no)
) {{table}};

CREATE TABLE IF NOT EXISTS trait (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    value       VARCHAR(100) NOT NULL,
    owner       VARCHAR(60)  NOT NULL,
    source      VARCHAR(200) NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    PRIMARY KEY (village, person, kind)
) {{table}};

CREATE TABLE IF NOT EXISTS behalf (
    village     BIGINT       NOT NULL,
    help        BIGINT       NOT NULL,
    speaker     BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    tie         VARCHAR(20)  NOT NULL,
    basis       VARCHAR(10)  NOT NULL,
    PRIMARY KEY (village, help)
) {{table}};

-- Until which day a role lasts, where it ends: those of the county do.
CREATE TABLE IF NOT EXISTS tenure (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    role        VARCHAR(20)  NOT NULL,
    group_no    INT          NOT NULL,
    until_day   CHAR(10)     NOT NULL,
    given_by    BIGINT       NOT NULL,
    PRIMARY KEY (village, person, role, group_no)
) {{table}};

-- The first gate of a proxy: who said who he is, and when.
CREATE TABLE IF NOT EXISTS proxy_gate (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    vouched_by  BIGINT       NOT NULL,
    since       BIGINT       NOT NULL,
    PRIMARY KEY (village, person, elder)
) {{table}};
