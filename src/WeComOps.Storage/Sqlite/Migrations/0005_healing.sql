-- Comparisons with WeCom's lists. A run is kept whole as JSON, with where it goes on.
CREATE TABLE heal_runs (
    id          TEXT    NOT NULL PRIMARY KEY,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    first_look  INTEGER NOT NULL,
    body        TEXT    NOT NULL
) STRICT;

CREATE INDEX heal_runs_by_time ON heal_runs (started_at, id);

CREATE TABLE heal_requests (
    at      INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    by_whom TEXT    NOT NULL,
    PRIMARY KEY (at, reason, by_whom)
) STRICT, WITHOUT ROWID;

CREATE TABLE heal_findings (
    run      TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    advisor  TEXT,
    customer TEXT,
    group_id TEXT,
    fact_day TEXT,
    fact_id  TEXT,
    note     TEXT,
    at       INTEGER NOT NULL,
    PRIMARY KEY (run, kind, subject)
) STRICT, WITHOUT ROWID;

-- WeCom's daily counts where they differ, or once differed, from the named facts.
CREATE TABLE count_gaps (
    day        TEXT    NOT NULL,
    advisor    TEXT    NOT NULL,
    branch     TEXT,
    thing      TEXT    NOT NULL,
    said       INTEGER NOT NULL,
    known      INTEGER NOT NULL,
    source     TEXT    NOT NULL,
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (day, advisor, thing)
) STRICT, WITHOUT ROWID;

-- What was recorded without a time is looked up when the event comes after all.
CREATE INDEX facts_time_unknown ON facts (customer) WHERE class = 'time_unknown';
