-- Times are milliseconds UTC, days are Asia/Shanghai days as yyyy-MM-dd, money is fen, flags are 0 or 1,
-- enumerations are snake_case text. Text compares by its bytes, whatever the database's locale: COLLATE "C" on every column.

-- One partition per month, made before the first fact of the month is stored. No default partition: a row that has no month
-- is an error, and a default one would have to be searched for every new month.
CREATE TABLE facts (
    day          text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    occurred_at  bigint NOT NULL,
    due_at       bigint,
    advisor      text COLLATE "C",
    branch       text COLLATE "C",
    customer     text COLLATE "C",
    tier         text COLLATE "C",
    group_id     text COLLATE "C",
    instruction  text COLLATE "C",
    template     text COLLATE "C",
    version      bigint,
    variant      text COLLATE "C",
    author       text COLLATE "C",
    team         text COLLATE "C",
    product_line text COLLATE "C",
    push         text COLLATE "C",
    product      text COLLATE "C",
    link         text COLLATE "C",
    click        text COLLATE "C",
    topic        text COLLATE "C",
    class        text COLLATE "C",
    quantity     bigint NOT NULL,
    amount_fen   bigint,
    currency     text COLLATE "C",
    cause_day    text COLLATE "C",
    cause_id     text COLLATE "C",
    corrects_day text COLLATE "C",
    corrects_id  text COLLATE "C",
    source       text COLLATE "C" NOT NULL,
    recorded_at  bigint NOT NULL,
    PRIMARY KEY (day, id)
) PARTITION BY RANGE (day);

CREATE INDEX facts_corrections ON facts (corrects_day, day, id) WHERE corrects_day IS NOT NULL;
CREATE INDEX facts_exposures ON facts (advisor, kind, occurred_at) WHERE kind IN ('moment_published', 'group_post_sent');
CREATE INDEX facts_requests ON facts (advisor, day, quantity) WHERE kind = 'requests_sent';
CREATE INDEX facts_by_kind ON facts (kind, day, occurred_at);

-- The ledger is append-only whoever writes to it. Row triggers of the whole come with every partition.
CREATE FUNCTION wecomops_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER facts_are_never_changed BEFORE UPDATE ON facts
FOR EACH ROW EXECUTE FUNCTION wecomops_refuse('facts are never changed: record a correction');
CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON facts
FOR EACH ROW EXECUTE FUNCTION wecomops_refuse('facts are never deleted: record a correction');
CREATE TRIGGER facts_are_never_emptied BEFORE TRUNCATE ON facts
FOR EACH STATEMENT EXECUTE FUNCTION wecomops_refuse('facts are never deleted: record a correction');

CREATE TABLE raw_sources (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    kind        text COLLATE "C" NOT NULL,
    received_at bigint NOT NULL,
    body        text COLLATE "C" NOT NULL
);

CREATE TABLE inbox_messages (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text COLLATE "C" NOT NULL UNIQUE,
    received_at bigint NOT NULL,
    body        text COLLATE "C" NOT NULL,
    routed_at   bigint,
    routed_name text COLLATE "C",
    handlers    bigint
);

CREATE INDEX inbox_messages_unrouted ON inbox_messages (received_at, seq) WHERE routed_at IS NULL;

CREATE TABLE inbox_items (
    message_id  text COLLATE "C" NOT NULL,
    handler     text COLLATE "C" NOT NULL,
    seq         bigint NOT NULL,
    received_at bigint NOT NULL,
    state       text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'done', 'parked')),
    attempts    bigint NOT NULL,
    due_at      bigint NOT NULL,
    lease_until bigint,
    error       text COLLATE "C",
    PRIMARY KEY (message_id, handler)
);

CREATE INDEX inbox_items_waiting ON inbox_items (received_at, seq, handler) WHERE state = 'waiting';
CREATE INDEX inbox_items_parked ON inbox_items (received_at, seq, handler) WHERE state = 'parked';

CREATE TABLE branches (
    id        text COLLATE "C" NOT NULL PRIMARY KEY,
    name      text COLLATE "C" NOT NULL,
    parent_id text COLLATE "C"
);

CREATE TABLE members (
    user_id       text COLLATE "C" NOT NULL PRIMARY KEY,
    name          text COLLATE "C" NOT NULL,
    title         text COLLATE "C",
    branch_id     text COLLATE "C" NOT NULL,
    has_customers bigint NOT NULL,
    active        bigint NOT NULL
);

CREATE TABLE leave_days (
    user_id text COLLATE "C" NOT NULL,
    day     text COLLATE "C" NOT NULL,
    PRIMARY KEY (day, user_id)
);

CREATE TABLE customers (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    name     text COLLATE "C" NOT NULL,
    union_id text COLLATE "C"
);

CREATE INDEX customers_by_union_id ON customers (union_id) WHERE union_id IS NOT NULL;
CREATE INDEX customers_by_name ON customers (name);

CREATE TABLE customer_profiles (
    union_id   text COLLATE "C" NOT NULL PRIMARY KEY,
    tier       text COLLATE "C" NOT NULL,
    age_band   text COLLATE "C",
    segment    text COLLATE "C",
    life_cycle text COLLATE "C",
    payroll    bigint,
    risk_level text COLLATE "C"
);

CREATE TABLE friendships (
    advisor      text COLLATE "C" NOT NULL,
    customer     text COLLATE "C" NOT NULL,
    since        bigint NOT NULL,
    add_way      bigint NOT NULL,
    oper_user_id text COLLATE "C",
    state        text COLLATE "C",
    lost_at      bigint,
    PRIMARY KEY (advisor, customer)
);

CREATE INDEX friendships_of_customer ON friendships (customer) WHERE lost_at IS NULL;

CREATE TABLE customer_groups (
    chat_id        text COLLATE "C" NOT NULL PRIMARY KEY,
    name           text COLLATE "C" NOT NULL,
    owner          text COLLATE "C" NOT NULL,
    created_at     bigint NOT NULL,
    member_version text COLLATE "C" NOT NULL,
    dismissed      bigint NOT NULL,
    instruction    text COLLATE "C"
);

CREATE INDEX customer_groups_of_owner ON customer_groups (owner);

CREATE TABLE group_members (
    chat_id   text COLLATE "C" NOT NULL,
    customer  text COLLATE "C" NOT NULL,
    joined_at bigint NOT NULL,
    left_at   bigint,
    state     text COLLATE "C",
    PRIMARY KEY (chat_id, customer, joined_at)
);

CREATE INDEX group_members_of_customer ON group_members (customer, joined_at);

CREATE TABLE join_codes (
    state       text COLLATE "C" NOT NULL PRIMARY KEY,
    chat_id     text COLLATE "C" NOT NULL,
    advisor     text COLLATE "C" NOT NULL,
    instruction text COLLATE "C" NOT NULL,
    config_id   text COLLATE "C",
    qr_code     text COLLATE "C"
);

CREATE INDEX join_codes_of_group ON join_codes (chat_id);

CREATE TABLE templates (
    id   text COLLATE "C" NOT NULL PRIMARY KEY,
    body text COLLATE "C" NOT NULL
);

CREATE TABLE instructions (
    id        text COLLATE "C" NOT NULL PRIMARY KEY,
    starts_at bigint NOT NULL,
    issued_at bigint NOT NULL,
    body      text COLLATE "C" NOT NULL
);

CREATE TABLE assignments (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    instruction text COLLATE "C" NOT NULL,
    action      text COLLATE "C" NOT NULL,
    advisor     text COLLATE "C" NOT NULL,
    branch      text COLLATE "C" NOT NULL,
    due_day     text COLLATE "C" NOT NULL,
    due_at      bigint NOT NULL,
    target      bigint NOT NULL,
    text        text COLLATE "C"
);

CREATE INDEX assignments_of_instruction ON assignments (instruction);
CREATE INDEX assignments_due ON assignments (due_day, action, advisor);
CREATE INDEX assignments_of_advisor ON assignments (advisor, action, due_at);

CREATE TABLE push_slices (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    instruction text COLLATE "C" NOT NULL,
    state       text COLLATE "C" NOT NULL,
    body        text COLLATE "C" NOT NULL
);

CREATE INDEX push_slices_in_state ON push_slices (state, id);
CREATE INDEX push_slices_of_instruction ON push_slices (instruction, id);

CREATE TABLE push_executions (
    slice   text COLLATE "C" NOT NULL,
    advisor text COLLATE "C" NOT NULL,
    seen_at bigint,
    reached bigint NOT NULL,
    looks   bigint NOT NULL,
    look_at bigint,
    PRIMARY KEY (slice, advisor)
);

CREATE INDEX push_executions_to_look_at ON push_executions (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE outgoing_messages (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    user_id    text COLLATE "C" NOT NULL,
    payload    text COLLATE "C" NOT NULL,
    planned_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    state      text COLLATE "C" NOT NULL,
    error      text COLLATE "C",
    msg_id     text COLLATE "C"
);

CREATE INDEX outgoing_messages_in_state ON outgoing_messages (state, planned_at, id);

CREATE TABLE questions (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    state    text COLLATE "C" NOT NULL,
    asked_at bigint NOT NULL,
    due_at   bigint NOT NULL,
    body     text COLLATE "C" NOT NULL
);

CREATE INDEX questions_in_state ON questions (state, due_at);
CREATE INDEX questions_by_time ON questions (asked_at, id);

CREATE TABLE links (
    token        text COLLATE "C" NOT NULL PRIMARY KEY,
    destination  text COLLATE "C" NOT NULL,
    instruction  text COLLATE "C",
    template     text COLLATE "C" NOT NULL,
    version      bigint NOT NULL,
    variant      text COLLATE "C",
    author       text COLLATE "C" NOT NULL,
    team         text COLLATE "C" NOT NULL,
    content_line text COLLATE "C",
    advisor      text COLLATE "C",
    branch       text COLLATE "C",
    product      text COLLATE "C" NOT NULL,
    product_line text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL
);

CREATE INDEX links_by_time ON links (created_at, token);

CREATE TABLE clicks (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    token      text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    class      text COLLATE "C" NOT NULL,
    visitor    text COLLATE "C" NOT NULL,
    method     text COLLATE "C" NOT NULL,
    user_agent text COLLATE "C" NOT NULL
);

CREATE INDEX clicks_of_visitor ON clicks (token, visitor, at);
CREATE INDEX clicks_by_class ON clicks (token, class);

CREATE TABLE sales (
    source           text COLLATE "C" NOT NULL,
    order_id         text COLLATE "C" NOT NULL,
    line             bigint NOT NULL,
    revision         bigint NOT NULL,
    kind             text COLLATE "C" NOT NULL,
    product          text COLLATE "C" NOT NULL,
    product_line     text COLLATE "C" NOT NULL,
    amount_fen       bigint NOT NULL,
    currency         text COLLATE "C" NOT NULL,
    occurred_at      bigint NOT NULL,
    channel          text COLLATE "C" NOT NULL,
    face_to_face     bigint NOT NULL,
    click            text COLLATE "C",
    union_id         text COLLATE "C",
    external_user_id text COLLATE "C",
    fact_day         text COLLATE "C" NOT NULL,
    fact_id          text COLLATE "C" NOT NULL,
    recorded_at      bigint NOT NULL,
    credited_link    text COLLATE "C",
    advisor          text COLLATE "C",
    template         text COLLATE "C",
    PRIMARY KEY (source, order_id, line, revision)
);

CREATE INDEX sales_by_time ON sales (recorded_at, source, order_id, line, revision);

CREATE TABLE scorecards (
    week        text COLLATE "C" NOT NULL,
    revision    bigint NOT NULL,
    state       text COLLATE "C" NOT NULL,
    json        text COLLATE "C" NOT NULL,
    digest      text COLLATE "C" NOT NULL,
    computed_at bigint NOT NULL,
    PRIMARY KEY (week, revision)
);

CREATE TABLE jobs (
    job    text COLLATE "C" NOT NULL PRIMARY KEY,
    period bigint NOT NULL
);

CREATE TABLE audit (
    seq       bigint NOT NULL PRIMARY KEY,
    at        bigint NOT NULL,
    who       text COLLATE "C" NOT NULL,
    action    text COLLATE "C" NOT NULL,
    subject   text COLLATE "C" NOT NULL,
    detail    text COLLATE "C",
    prev_hash text COLLATE "C" NOT NULL,
    hash      text COLLATE "C" NOT NULL
);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION wecomops_refuse('audit entries are never changed');
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION wecomops_refuse('audit entries are never deleted');
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION wecomops_refuse('audit entries are never deleted');
