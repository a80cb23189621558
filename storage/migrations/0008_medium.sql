-- Voices and pictures that people sent, and what of somebody who left is still
-- to be removed.

CREATE TABLE IF NOT EXISTS medium (
    id          {{id}},
    village     BIGINT       NOT NULL,
    slip        BIGINT       NOT NULL,
    account     VARCHAR(64)  NOT NULL,
    media       VARCHAR(200) NOT NULL,
    kind        VARCHAR(60)  NOT NULL,
    data        MEDIUMBLOB   NOT NULL,
    state       VARCHAR(12)  NOT NULL,
    tries       INT          NOT NULL,
    next_at     BIGINT       NOT NULL,
    closed_at   BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (village, slip),
    KEY medium_next (state, next_at)
) {{table}};

CREATE TABLE IF NOT EXISTS leaving (
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    due_at      BIGINT       NOT NULL,
    PRIMARY KEY (account, openid),
    KEY leaving_due (due_at)
) {{table}};

CREATE TABLE IF NOT EXISTS tagging (
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    tags        VARCHAR(60)  NOT NULL,
    PRIMARY KEY (account, openid)
) {{table}};
