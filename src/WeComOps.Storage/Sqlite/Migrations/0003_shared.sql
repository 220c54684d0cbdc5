-- What all nodes share: WeCom's last answer about the access token, the calls of the running minute, the keys of the console's cookies, the keys that hide visitors.

CREATE TABLE shared_tokens (
    app         TEXT    NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    code        INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    holds_until INTEGER NOT NULL,
    owner       TEXT,
    owner_until INTEGER NOT NULL
) STRICT;

CREATE TABLE shared_calls (
    corp          TEXT    NOT NULL,
    path          TEXT    NOT NULL,
    window_start  INTEGER NOT NULL,
    used          INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    refused       INTEGER NOT NULL,
    PRIMARY KEY (corp, path)
) STRICT;

CREATE TABLE session_keys (
    place INTEGER NOT NULL PRIMARY KEY,
    name  TEXT    NOT NULL,
    xml   TEXT    NOT NULL
) STRICT;

-- Hides who clicked; only the last two days' are kept.
CREATE TABLE visitor_keys (
    day TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL
) STRICT;
