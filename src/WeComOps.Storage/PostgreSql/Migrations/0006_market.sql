-- Figures of the market as editors enter them: only added, never changed. An entry is corrected at most once; without a value
-- it withdraws the one that it corrects. Pictures are named by templates.

CREATE TABLE market_facts (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    name         text COLLATE "C" NOT NULL,
    value        text COLLATE "C",
    unit         text COLLATE "C",
    source       text COLLATE "C" NOT NULL,
    published_at bigint NOT NULL,
    entered_by   text COLLATE "C" NOT NULL,
    entered_at   bigint NOT NULL,
    corrects     text COLLATE "C"
);

CREATE INDEX market_facts_by_name ON market_facts (name, entered_at);
CREATE UNIQUE INDEX market_facts_corrected ON market_facts (corrects);

CREATE INDEX pictures_by_name ON pictures (name);
