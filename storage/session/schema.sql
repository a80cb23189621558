-- Dialog state in the SQLite file. Instants are milliseconds UTC of the wall clock.
CREATE TABLE IF NOT EXISTS session (
  account     TEXT    NOT NULL,
  openid      TEXT    NOT NULL,
  token       TEXT    NOT NULL DEFAULT '', -- holder of the lock, '' = free
  lease       BIGINT  NOT NULL DEFAULT 0,  -- until when the lock binds others
  state       BLOB,
  saved       TEXT    NOT NULL DEFAULT '', -- version of the state: token of its saver
  until       BIGINT  NOT NULL DEFAULT 0,  -- when the state is forgotten
  facts       TEXT    NOT NULL DEFAULT '', -- version of the person's facts
  changing    INTEGER NOT NULL DEFAULT 0,  -- changes announced by Touch and not settled
  flux        BIGINT  NOT NULL DEFAULT 0,  -- when the last of them was announced
  wrote_left  INTEGER NOT NULL DEFAULT 0,  -- customer messages left, and until when
  wrote_until BIGINT  NOT NULL DEFAULT 0,
  tapped_left INTEGER NOT NULL DEFAULT 0,
  tapped_until BIGINT NOT NULL DEFAULT 0,
  took        TEXT    NOT NULL DEFAULT '[]', -- when the last of them were taken, JSON
  keep        BIGINT  NOT NULL,            -- when Tidy may delete the row
  PRIMARY KEY (account, openid)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS session_hold (
  account TEXT   NOT NULL,
  openid  TEXT   NOT NULL,
  at      BIGINT NOT NULL, -- when what waits is to be said
  PRIMARY KEY (account, openid)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS session_hold_at ON session_hold (at);
