-- The work: what was heard, asked for, visited, found, alarmed.

CREATE TABLE IF NOT EXISTS heard (
    account     VARCHAR(64)  NOT NULL,
    msg_key     VARCHAR(64)  NOT NULL,
    reply       TEXT         NOT NULL,
    at          BIGINT       NOT NULL,
    PRIMARY KEY (account, msg_key),
    KEY heard_at (at)
) {{table}};

CREATE TABLE IF NOT EXISTS help (
    id          {{id}},
    village     BIGINT       NOT NULL,
    number      INT          NOT NULL,
    held_number INT,
    elder       BIGINT       NOT NULL,
    asker       BIGINT       NOT NULL,
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    service     VARCHAR(10)  NOT NULL,
    detail      VARCHAR(400) NOT NULL,
    wishes      VARCHAR(100) NOT NULL,
    urgent      SMALLINT     NOT NULL,
    wish_at     BIGINT       NOT NULL,
    wish_grain  VARCHAR(10)  NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    holder      BIGINT       NOT NULL,
    terms       VARCHAR(200) NOT NULL,
    held_until  BIGINT       NOT NULL,
    reserve     BIGINT       NOT NULL,
    step        INT          NOT NULL,
    round       INT          NOT NULL,
    next_at     BIGINT       NOT NULL,
    minutes     INT          NOT NULL,
    result      VARCHAR(400) NOT NULL,
    judged      VARCHAR(10)  NOT NULL,
    asked_back  BIGINT       NOT NULL,
    done_at     BIGINT       NOT NULL,
    closed_at   BIGINT       NOT NULL,
    closed_by   BIGINT       NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    UNIQUE (village, held_number),
    KEY help_state (village, state),
    KEY help_elder (village, elder, state),
    KEY help_asker (village, asker, created_at),
    KEY help_holder (village, holder, state),
    KEY help_next (state, next_at),
    KEY help_held (held_number, closed_at, village)
) {{table}};

CREATE TABLE IF NOT EXISTS help_log (
    id          {{id}},
    village     BIGINT       NOT NULL,
    help        BIGINT       NOT NULL,
    at          BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    what        VARCHAR(20)  NOT NULL,
    words       VARCHAR(400) NOT NULL,
    KEY help_log_help (village, help)
) {{table}};

CREATE TABLE IF NOT EXISTS ask (
    id          {{id}},
    village     BIGINT       NOT NULL,
    help        BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    round       INT          NOT NULL,
    step        INT          NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    words       VARCHAR(200) NOT NULL,
    at          BIGINT       NOT NULL,
    UNIQUE (village, help, person, round),
    KEY ask_person (village, person, at)
) {{table}};

CREATE TABLE IF NOT EXISTS plan (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    kinds       VARCHAR(60)  NOT NULL,
    tier        VARCHAR(10)  NOT NULL,
    visitor     BIGINT       NOT NULL,
    backup      BIGINT       NOT NULL,
    last_day    CHAR(10)     NOT NULL,
    tried_day   CHAR(10)     NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    until_day   CHAR(10)     NOT NULL,
    PRIMARY KEY (village, person),
    KEY plan_visitor (village, visitor)
) {{table}};

CREATE TABLE IF NOT EXISTS visit (
    id          {{id}},
    village     BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    visitor     BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    met         SMALLINT     NOT NULL,
    health      VARCHAR(10)  NOT NULL,
    reason      VARCHAR(100) NOT NULL,
    words       VARCHAR(400) NOT NULL,
    late        SMALLINT     NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    replaced_by BIGINT       NOT NULL,
    next_at     BIGINT       NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY visit_elder (village, elder, on_day),
    KEY visit_visitor (village, visitor, created_at),
    KEY visit_next (next_at)
) {{table}};

CREATE TABLE IF NOT EXISTS service_record (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    minutes     INT          NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY service_record_person (village, person, on_day)
) {{table}};

CREATE TABLE IF NOT EXISTS finding (
    id          {{id}},
    village     BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    visit       BIGINT       NOT NULL,
    reporter    BIGINT       NOT NULL,
    words       VARCHAR(200) NOT NULL,
    urgent      SMALLINT     NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    answer      VARCHAR(200) NOT NULL,
    answered_by BIGINT       NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY finding_state (village, state),
    KEY finding_elder (village, elder)
) {{table}};

CREATE TABLE IF NOT EXISTS alert (
    id          {{id}},
    village     BIGINT       NOT NULL,
    class       VARCHAR(12)  NOT NULL,
    elder       BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    words       VARCHAR(400) NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    acked_by    BIGINT       NOT NULL,
    closed_by   BIGINT       NOT NULL,
    outcome     VARCHAR(200) NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    next_at     BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY alert_state (village, state),
    KEY alert_next (state, next_at)
) {{table}};

CREATE TABLE IF NOT EXISTS slip (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    words       VARCHAR(400) NOT NULL,
    media       VARCHAR(200) NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    source_key  VARCHAR(64)  NOT NULL,
    ordinal     INT          NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (source_key, ordinal),
    KEY slip_state (village, state)
) {{table}};
