-- Figures of the market as editors enter them: only added, never changed. An entry is corrected at most once; without a value
-- it withdraws the one that it corrects. Pictures are named by templates.

CREATE TABLE market_facts (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    value        TEXT,
    unit         TEXT,
    source       TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    entered_by   TEXT    NOT NULL,
    entered_at   INTEGER NOT NULL,
    corrects     TEXT
) STRICT;

CREATE INDEX market_facts_by_name ON market_facts (name, entered_at);
CREATE UNIQUE INDEX market_facts_corrected ON market_facts (corrects);

CREATE INDEX pictures_by_name ON pictures (name);
