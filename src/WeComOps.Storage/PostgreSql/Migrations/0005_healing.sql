-- Comparisons with WeCom's lists. A run is kept whole as JSON, with where it goes on.
CREATE TABLE heal_runs (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    started_at  bigint           NOT NULL,
    finished_at bigint,
    first_look  bigint           NOT NULL,
    body        text COLLATE "C" NOT NULL
);

CREATE INDEX heal_runs_by_time ON heal_runs (started_at, id);

CREATE TABLE heal_requests (
    at      bigint           NOT NULL,
    reason  text COLLATE "C" NOT NULL,
    by_whom text COLLATE "C" NOT NULL,
    PRIMARY KEY (at, reason, by_whom)
);

CREATE TABLE heal_findings (
    run      text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    subject  text COLLATE "C" NOT NULL,
    advisor  text COLLATE "C",
    customer text COLLATE "C",
    group_id text COLLATE "C",
    fact_day text COLLATE "C",
    fact_id  text COLLATE "C",
    note     text COLLATE "C",
    at       bigint           NOT NULL,
    PRIMARY KEY (run, kind, subject)
);

-- WeCom's daily counts where they differ, or once differed, from the named facts.
CREATE TABLE count_gaps (
    day        text COLLATE "C" NOT NULL,
    advisor    text COLLATE "C" NOT NULL,
    branch     text COLLATE "C",
    thing      text COLLATE "C" NOT NULL,
    said       bigint           NOT NULL,
    known      bigint           NOT NULL,
    source     text COLLATE "C" NOT NULL,
    checked_at bigint           NOT NULL,
    PRIMARY KEY (day, advisor, thing)
);

-- What was recorded without a time is looked up when the event comes after all.
CREATE INDEX facts_time_unknown ON facts (customer) WHERE class = 'time_unknown';
