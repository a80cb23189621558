-- To which subscription notices a person agreed, and to how many more of each.

CREATE TABLE IF NOT EXISTS subscription (
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    template    VARCHAR(64)  NOT NULL,
    left_count  INT          NOT NULL,
    changed_at  BIGINT       NOT NULL,
    PRIMARY KEY (account, openid, template)
) {{table}};
