-- The roster: villages, their settings, households, people, and who may speak.

CREATE TABLE IF NOT EXISTS village (
    id          {{id}},
    code        VARCHAR(12)  NOT NULL,
    name        VARCHAR(60)  NOT NULL,
    township    VARCHAR(60)  NOT NULL,
    county      VARCHAR(60)  NOT NULL,
    version     BIGINT       NOT NULL,
    numbering   BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (name, township, county)
) {{table}};

CREATE TABLE IF NOT EXISTS setting (
    village     BIGINT       NOT NULL,
    name        VARCHAR(60)  NOT NULL,
    value       VARCHAR(500) NOT NULL,
    owner       VARCHAR(60)  NOT NULL,
    source      VARCHAR(200) NOT NULL,
    checked_on  CHAR(10)     NOT NULL,
    PRIMARY KEY (village, name)
) {{table}};

CREATE TABLE IF NOT EXISTS household (
    id          {{id}},
    village     BIGINT       NOT NULL,
    no          VARCHAR(20)  NOT NULL,
    group_no    INT          NOT NULL,
    UNIQUE (village, no)
) {{table}};

CREATE TABLE IF NOT EXISTS person (
    id          {{id}},
    village     BIGINT       NOT NULL,
    name        VARCHAR(60)  NOT NULL,
    sex         VARCHAR(1)   NOT NULL,
    born        VARCHAR(10)  NOT NULL,
    group_no    INT          NOT NULL,
    household   BIGINT       NOT NULL,
    head        SMALLINT     NOT NULL,
    phone       VARCHAR(20)  NOT NULL,
    status      VARCHAR(10)  NOT NULL,
    town        VARCHAR(60)  NOT NULL,
    door        VARCHAR(100) NOT NULL,
    note        VARCHAR(200) NOT NULL,
    touched     BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    KEY person_village (village)
) {{table}};

CREATE TABLE IF NOT EXISTS alias (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    alias       VARCHAR(30)  NOT NULL,
    PRIMARY KEY (village, person, alias)
) {{table}};

CREATE TABLE IF NOT EXISTS contact (
    id          {{id}},
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    kind        VARCHAR(10)  NOT NULL,
    name        VARCHAR(60)  NOT NULL,
    relation    VARCHAR(20)  NOT NULL,
    phone       VARCHAR(20)  NOT NULL,
    KEY contact_person (village, person)
) {{table}};

CREATE TABLE IF NOT EXISTS volunteer (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    skills      VARCHAR(200) NOT NULL,
    car         SMALLINT     NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    asked_at    BIGINT       NOT NULL,
    PRIMARY KEY (village, person)
) {{table}};

CREATE TABLE IF NOT EXISTS duty (
    id          {{id}},
    village     BIGINT       NOT NULL,
    name        VARCHAR(60)  NOT NULL,
    phone       VARCHAR(20)  NOT NULL,
    from_minute INT          NOT NULL,
    to_minute   INT          NOT NULL,
    KEY duty_village (village)
) {{table}};

CREATE TABLE IF NOT EXISTS role (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    role        VARCHAR(20)  NOT NULL,
    group_no    INT          NOT NULL,
    how         VARCHAR(20)  NOT NULL,
    since       BIGINT       NOT NULL,
    PRIMARY KEY (village, person, role, group_no)
) {{table}};

CREATE TABLE IF NOT EXISTS member (
    id          {{id}},
    account     VARCHAR(64)  NOT NULL,
    openid      VARCHAR(64)  NOT NULL,
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    state       VARCHAR(10)  NOT NULL,
    asked_name  VARCHAR(60)  NOT NULL,
    asked_group INT          NOT NULL,
    vouched_by  BIGINT       NOT NULL,
    followed    SMALLINT     NOT NULL,
    created_at  BIGINT       NOT NULL,
    UNIQUE (account, openid, village, person),
    KEY member_person (village, person, state),
    KEY member_state (village, state)
) {{table}};

CREATE TABLE IF NOT EXISTS proxy (
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    elder       BIGINT       NOT NULL,
    relation    VARCHAR(20)  NOT NULL,
    may_hear    SMALLINT     NOT NULL,
    until_day   CHAR(10)     NOT NULL,
    how         VARCHAR(20)  NOT NULL,
    PRIMARY KEY (village, person, elder)
) {{table}};

CREATE TABLE IF NOT EXISTS invitation (
    code_hash   CHAR(64)     NOT NULL,
    village     BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    role        VARCHAR(20)  NOT NULL,
    expires_at  BIGINT       NOT NULL,
    used_at     BIGINT       NOT NULL,
    created_at  BIGINT       NOT NULL,
    PRIMARY KEY (code_hash)
) {{table}};
