-- Door codes: one plan of numbers for the whole county, 1 to 100,000.

CREATE TABLE IF NOT EXISTS door (
    scene       INT          NOT NULL,
    village     BIGINT       NOT NULL,
    household   BIGINT,
    account     VARCHAR(64)  NOT NULL,
    url         VARCHAR(200) NOT NULL,
    given_at    BIGINT       NOT NULL,
    freed_at    BIGINT       NOT NULL,
    PRIMARY KEY (scene),
    UNIQUE (household),
    KEY door_village (village),
    KEY door_freed (freed_at, scene)
) {{table}};
