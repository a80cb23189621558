-- How a newcomer waits to be known: whose child he says he is, who is asked in
-- turn; and what became of the calls to those who do not read.

CREATE TABLE IF NOT EXISTS vouching (
    village     BIGINT       NOT NULL,
    member      BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    words       VARCHAR(60)  NOT NULL,
    step        INT          NOT NULL,
    since       BIGINT       NOT NULL,
    next_at     BIGINT       NOT NULL,
    PRIMARY KEY (village, member),
    KEY vouching_next (next_at)
) {{table}};

CREATE TABLE IF NOT EXISTS vouch_call (
    id          {{id}},
    village     BIGINT       NOT NULL,
    member      BIGINT       NOT NULL,
    rung        BIGINT       NOT NULL,
    caller      BIGINT       NOT NULL,
    outcome     VARCHAR(10)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY vouch_call_member (village, member)
) {{table}};
