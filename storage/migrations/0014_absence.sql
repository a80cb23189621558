-- Who is not visited from a day on and why, and what the office is asked to
-- decide about how somebody is visited.

CREATE TABLE IF NOT EXISTS absence (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    words       VARCHAR(200) NOT NULL,
    said_by     BIGINT       NOT NULL,
    confirmed_by BIGINT      NOT NULL,
    from_day    CHAR(10)     NOT NULL,
    until_day   CHAR(10)     NOT NULL,
    ask_at      BIGINT       NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    before_it   VARCHAR(400) NOT NULL,
    ended_by    BIGINT       NOT NULL,
    ended_at    BIGINT       NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY absence_person (village, person),
    KEY absence_state (village, state),
    KEY absence_ask (state, ask_at)
) {{table}};

CREATE TABLE IF NOT EXISTS proposal (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    tier        VARCHAR(10)  NOT NULL,
    tier_before VARCHAR(10)  NOT NULL,
    days        INT          NOT NULL,
    why         VARCHAR(200) NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    decided_by  BIGINT       NOT NULL,
    ask_at      BIGINT       NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY proposal_state (village, state),
    KEY proposal_ask (state, ask_at)
) {{table}};
