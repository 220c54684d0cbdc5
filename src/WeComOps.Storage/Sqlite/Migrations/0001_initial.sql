-- Times are milliseconds UTC, days are Asia/Shanghai days as yyyy-MM-dd, money is fen, flags are 0 or 1,
-- enumerations are snake_case text. Text compares by its bytes.

CREATE TABLE facts (
    day           TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    occurred_at   INTEGER NOT NULL,
    due_at        INTEGER,
    advisor       TEXT,
    branch        TEXT,
    customer      TEXT,
    tier          TEXT,
    group_id      TEXT,
    instruction   TEXT,
    template      TEXT,
    version       INTEGER,
    variant       TEXT,
    author        TEXT,
    team          TEXT,
    product_line  TEXT,
    push          TEXT,
    product       TEXT,
    link          TEXT,
    click         TEXT,
    topic         TEXT,
    class         TEXT,
    quantity      INTEGER NOT NULL,
    amount_fen    INTEGER,
    currency      TEXT,
    cause_day     TEXT,
    cause_id      TEXT,
    corrects_day  TEXT,
    corrects_id   TEXT,
    source        TEXT    NOT NULL,
    recorded_at   INTEGER NOT NULL,
    PRIMARY KEY (day, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX facts_corrections ON facts (corrects_day, day, id) WHERE corrects_day IS NOT NULL;
CREATE INDEX facts_exposures ON facts (advisor, kind, occurred_at) WHERE kind IN ('moment_published', 'group_post_sent');
CREATE INDEX facts_requests ON facts (advisor, day, quantity) WHERE kind = 'requests_sent';
CREATE INDEX facts_by_kind ON facts (kind, day, occurred_at);

-- The ledger is append-only whoever writes to it.
CREATE TRIGGER facts_are_never_changed BEFORE UPDATE ON facts
BEGIN SELECT RAISE(ABORT, 'facts are never changed: record a correction'); END;
CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON facts
BEGIN SELECT RAISE(ABORT, 'facts are never deleted: record a correction'); END;

CREATE TABLE raw_sources (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    body        TEXT    NOT NULL
) STRICT;

CREATE TABLE inbox_messages (
    seq         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    received_at INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    routed_at   INTEGER,
    routed_name TEXT,
    handlers    INTEGER
) STRICT;

CREATE INDEX inbox_messages_unrouted ON inbox_messages (received_at, seq) WHERE routed_at IS NULL;

CREATE TABLE inbox_items (
    message_id  TEXT    NOT NULL,
    handler     TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('waiting', 'done', 'parked')),
    attempts    INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    lease_until INTEGER,
    error       TEXT,
    PRIMARY KEY (message_id, handler)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_items_waiting ON inbox_items (received_at, seq, handler) WHERE state = 'waiting';
CREATE INDEX inbox_items_parked ON inbox_items (received_at, seq, handler) WHERE state = 'parked';

CREATE TABLE branches (
    id        TEXT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    parent_id TEXT
) STRICT;

CREATE TABLE members (
    user_id       TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    title         TEXT,
    branch_id     TEXT    NOT NULL,
    has_customers INTEGER NOT NULL,
    active        INTEGER NOT NULL
) STRICT;

CREATE TABLE leave_days (
    user_id TEXT NOT NULL,
    day     TEXT NOT NULL,
    PRIMARY KEY (day, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id       TEXT NOT NULL PRIMARY KEY,
    name     TEXT NOT NULL,
    union_id TEXT
) STRICT;

CREATE INDEX customers_by_union_id ON customers (union_id) WHERE union_id IS NOT NULL;
CREATE INDEX customers_by_name ON customers (name);

CREATE TABLE customer_profiles (
    union_id   TEXT NOT NULL PRIMARY KEY,
    tier       TEXT NOT NULL,
    age_band   TEXT,
    segment    TEXT,
    life_cycle TEXT,
    payroll    INTEGER,
    risk_level TEXT
) STRICT;

CREATE TABLE friendships (
    advisor      TEXT    NOT NULL,
    customer     TEXT    NOT NULL,
    since        INTEGER NOT NULL,
    add_way      INTEGER NOT NULL,
    oper_user_id TEXT,
    state        TEXT,
    lost_at      INTEGER,
    PRIMARY KEY (advisor, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX friendships_of_customer ON friendships (customer) WHERE lost_at IS NULL;

CREATE TABLE customer_groups (
    chat_id        TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    owner          TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    member_version TEXT    NOT NULL,
    dismissed      INTEGER NOT NULL,
    instruction    TEXT
) STRICT;

CREATE INDEX customer_groups_of_owner ON customer_groups (owner);

CREATE TABLE group_members (
    chat_id   TEXT    NOT NULL,
    customer  TEXT    NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at   INTEGER,
    state     TEXT,
    PRIMARY KEY (chat_id, customer, joined_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_members_of_customer ON group_members (customer, joined_at);

CREATE TABLE join_codes (
    state       TEXT NOT NULL PRIMARY KEY,
    chat_id     TEXT NOT NULL,
    advisor     TEXT NOT NULL,
    instruction TEXT NOT NULL,
    config_id   TEXT,
    qr_code     TEXT
) STRICT;

CREATE INDEX join_codes_of_group ON join_codes (chat_id);

CREATE TABLE templates (
    id   TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE instructions (
    id        TEXT    NOT NULL PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    body      TEXT    NOT NULL
) STRICT;

CREATE TABLE assignments (
    id          TEXT    NOT NULL PRIMARY KEY,
    instruction TEXT    NOT NULL,
    action      TEXT    NOT NULL,
    advisor     TEXT    NOT NULL,
    branch      TEXT    NOT NULL,
    due_day     TEXT    NOT NULL,
    due_at      INTEGER NOT NULL,
    target      INTEGER NOT NULL,
    text        TEXT
) STRICT;

CREATE INDEX assignments_of_instruction ON assignments (instruction);
CREATE INDEX assignments_due ON assignments (due_day, action, advisor);
CREATE INDEX assignments_of_advisor ON assignments (advisor, action, due_at);

CREATE TABLE push_slices (
    id          TEXT NOT NULL PRIMARY KEY,
    instruction TEXT NOT NULL,
    state       TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT;

CREATE INDEX push_slices_in_state ON push_slices (state, id);
CREATE INDEX push_slices_of_instruction ON push_slices (instruction, id);

CREATE TABLE push_executions (
    slice   TEXT    NOT NULL,
    advisor TEXT    NOT NULL,
    seen_at INTEGER,
    reached INTEGER NOT NULL,
    looks   INTEGER NOT NULL,
    look_at INTEGER,
    PRIMARY KEY (slice, advisor)
) STRICT, WITHOUT ROWID;

CREATE INDEX push_executions_to_look_at ON push_executions (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE outgoing_messages (
    id         TEXT    NOT NULL PRIMARY KEY,
    user_id    TEXT    NOT NULL,
    payload    TEXT    NOT NULL,
    planned_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    error      TEXT,
    msg_id     TEXT
) STRICT;

CREATE INDEX outgoing_messages_in_state ON outgoing_messages (state, planned_at, id);

CREATE TABLE questions (
    id       TEXT    NOT NULL PRIMARY KEY,
    state    TEXT    NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at   INTEGER NOT NULL,
    body     TEXT    NOT NULL
) STRICT;

CREATE INDEX questions_in_state ON questions (state, due_at);
CREATE INDEX questions_by_time ON questions (asked_at, id);

CREATE TABLE links (
    token        TEXT    NOT NULL PRIMARY KEY,
    destination  TEXT    NOT NULL,
    instruction  TEXT,
    template     TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    variant      TEXT,
    author       TEXT    NOT NULL,
    team         TEXT    NOT NULL,
    content_line TEXT,
    advisor      TEXT,
    branch       TEXT,
    product      TEXT    NOT NULL,
    product_line TEXT    NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX links_by_time ON links (created_at, token);

CREATE TABLE clicks (
    id         TEXT    NOT NULL PRIMARY KEY,
    token      TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    class      TEXT    NOT NULL,
    visitor    TEXT    NOT NULL,
    method     TEXT    NOT NULL,
    user_agent TEXT    NOT NULL
) STRICT;

CREATE INDEX clicks_of_visitor ON clicks (token, visitor, at);
CREATE INDEX clicks_by_class ON clicks (token, class);

CREATE TABLE sales (
    source           TEXT    NOT NULL,
    order_id         TEXT    NOT NULL,
    line             INTEGER NOT NULL,
    revision         INTEGER NOT NULL,
    kind             TEXT    NOT NULL,
    product          TEXT    NOT NULL,
    product_line     TEXT    NOT NULL,
    amount_fen       INTEGER NOT NULL,
    currency         TEXT    NOT NULL,
    occurred_at      INTEGER NOT NULL,
    channel          TEXT    NOT NULL,
    face_to_face     INTEGER NOT NULL,
    click            TEXT,
    union_id         TEXT,
    external_user_id TEXT,
    fact_day         TEXT    NOT NULL,
    fact_id          TEXT    NOT NULL,
    recorded_at      INTEGER NOT NULL,
    credited_link    TEXT,
    advisor          TEXT,
    template         TEXT,
    PRIMARY KEY (source, order_id, line, revision)
) STRICT;

CREATE INDEX sales_by_time ON sales (recorded_at, source, order_id, line, revision);

CREATE TABLE scorecards (
    week        TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    json        TEXT    NOT NULL,
    digest      TEXT    NOT NULL,
    computed_at INTEGER NOT NULL,
    PRIMARY KEY (week, revision)
) STRICT;

CREATE TABLE jobs (
    job    TEXT    NOT NULL PRIMARY KEY,
    period INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    seq       INTEGER NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL,
    who       TEXT    NOT NULL,
    action    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    detail    TEXT,
    prev_hash TEXT    NOT NULL,
    hash      TEXT    NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
