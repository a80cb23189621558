-- Who is asked and how: ladders as they stood when they began, how somebody can
-- be reached, who stands in for whom, which voices wait for an ear.

CREATE TABLE IF NOT EXISTS ladder (
    village     BIGINT       NOT NULL,
    help        BIGINT       NOT NULL,
    round       INT          NOT NULL,
    rings       VARCHAR(400) NOT NULL,
    why         VARCHAR(12)  NOT NULL,
    at          BIGINT       NOT NULL,
    PRIMARY KEY (village, help, round)
) {{table}};

CREATE TABLE IF NOT EXISTS reach (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    phone_only  SMALLINT     NOT NULL,
    free        VARCHAR(20)  NOT NULL,
    away_until  CHAR(10)     NOT NULL,
    PRIMARY KEY (village, person)
) {{table}};

CREATE TABLE IF NOT EXISTS substitute (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    role        VARCHAR(20)  NOT NULL,
    group_no    INT          NOT NULL,
    stand_in    BIGINT       NOT NULL,
    until_at    BIGINT       NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    created_at  BIGINT       NOT NULL,
    KEY substitute_state (village, state),
    KEY substitute_until (state, until_at)
) {{table}};

CREATE TABLE IF NOT EXISTS listening (
    village     BIGINT       NOT NULL,
    slip        BIGINT       NOT NULL,
    number      INT          NOT NULL,
    step        INT          NOT NULL,
    next_at     BIGINT       NOT NULL,
    heard_by    BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    PRIMARY KEY (village, slip),
    KEY listening_waits (village, heard_by, number),
    KEY listening_next (next_at)
) {{table}};
