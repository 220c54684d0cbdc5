-- What all nodes share: WeCom's last answer about the access token, the calls of the running minute, the keys of the console's cookies, the keys that hide visitors.

CREATE TABLE shared_tokens (
    app         text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint           NOT NULL,
    code        bigint           NOT NULL,
    body        text COLLATE "C" NOT NULL,
    holds_until bigint           NOT NULL,
    owner       text COLLATE "C",
    owner_until bigint           NOT NULL
);

-- Updated once per call: room on the page keeps the updates off the index.
CREATE TABLE shared_calls (
    corp          text COLLATE "C" NOT NULL,
    path          text COLLATE "C" NOT NULL,
    window_start  bigint           NOT NULL,
    used          bigint           NOT NULL,
    blocked_until bigint           NOT NULL,
    refused       bigint           NOT NULL,
    PRIMARY KEY (corp, path)
) WITH (fillfactor = 50);

CREATE TABLE session_keys (
    place bigint           NOT NULL PRIMARY KEY,
    name  text COLLATE "C" NOT NULL,
    xml   text COLLATE "C" NOT NULL
);

-- Hides who clicked; only the last two days' are kept.
CREATE TABLE visitor_keys (
    day text COLLATE "C" NOT NULL PRIMARY KEY,
    key text COLLATE "C" NOT NULL
);
