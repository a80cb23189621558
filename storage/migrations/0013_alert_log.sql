-- What was said and done about an alert, line by line, for the ledger 警情台账.

CREATE TABLE IF NOT EXISTS alert_log (
    id          {{id}},
    village     BIGINT       NOT NULL,
    alert       BIGINT       NOT NULL,
    at          BIGINT       NOT NULL,
    person      BIGINT       NOT NULL,
    what        VARCHAR(20)  NOT NULL,
    words       VARCHAR(400) NOT NULL,
    KEY alert_log_alert (village, alert)
) {{table}};
