-- When a digit of a day's brief got its meaning: what is new since the morning.

CREATE TABLE IF NOT EXISTS brief_bound (
    village     BIGINT       NOT NULL,
    on_day      CHAR(10)     NOT NULL,
    digit       INT          NOT NULL,
    bound_at    BIGINT       NOT NULL,
    PRIMARY KEY (village, on_day, digit)
) {{table}};
