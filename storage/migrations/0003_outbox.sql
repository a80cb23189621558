-- What is owed to people: notices, the rules' watermarks, the briefs' digits.

CREATE TABLE IF NOT EXISTS notice (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    kind        VARCHAR(20)  NOT NULL,
    subject     VARCHAR(40)  NOT NULL,
    period      VARCHAR(40)  NOT NULL,
    weight      SMALLINT     NOT NULL,
    lead_words  VARCHAR(60)  NOT NULL,
    words       TEXT         NOT NULL,
    not_before  BIGINT       NOT NULL,
    not_after   BIGINT       NOT NULL,
    retry_at    BIGINT       NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    owner       VARCHAR(20)  NOT NULL,
    lease       BIGINT       NOT NULL,
    attempts    INT          NOT NULL,
    channel     VARCHAR(12)  NOT NULL,
    msg_id      VARCHAR(64)  NOT NULL,
    code        INT          NOT NULL,
    whole       SMALLINT     NOT NULL,
    sent_day    CHAR(10)     NOT NULL,
    settled_at  BIGINT       NOT NULL,
    why         VARCHAR(60)  NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (village, kind, subject, period, person, openid),
    KEY notice_due (state, retry_at, not_before),
    KEY notice_person (village, person, state, sent_day),
    KEY notice_msg (account, msg_id)
) {{table}};

CREATE TABLE IF NOT EXISTS watermark (
    village     BIGINT       NOT NULL,
    rule        VARCHAR(40)  NOT NULL,
    at          BIGINT       NOT NULL,
    PRIMARY KEY (village, rule)
) {{table}};

CREATE TABLE IF NOT EXISTS brief_item (
    village     BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    digit       INT          NOT NULL,
    kind        VARCHAR(12)  NOT NULL,
    ref         BIGINT       NOT NULL,
    words       VARCHAR(200) NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    PRIMARY KEY (village, on_day, digit)
) {{table}};
