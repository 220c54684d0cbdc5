-- Who does what only one node at a time may do. The epoch grows with every change of hands.
CREATE TABLE duties (
    duty  TEXT    NOT NULL PRIMARY KEY,
    node  TEXT    NOT NULL,
    epoch INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;

-- Each claim has its own token, so that who lost a claim cannot finish what another took over. A lane holds what is about
-- one subject and keeps its order; items from before this step have none.
ALTER TABLE inbox_items ADD COLUMN claim TEXT;
ALTER TABLE inbox_items ADD COLUMN lane TEXT NOT NULL DEFAULT '';

CREATE INDEX inbox_items_leased_lanes ON inbox_items (lane, received_at, seq) WHERE state = 'waiting' AND lease_until IS NOT NULL;
CREATE INDEX inbox_items_claimed ON inbox_items (claim) WHERE claim IS NOT NULL;
CREATE INDEX inbox_messages_unknown ON inbox_messages (routed_name, received_at) WHERE handlers = 0;

-- What people decide on at the same time is written only in the revision in which it was read.
ALTER TABLE questions ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE templates ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- The reports of an order line are numbered as they come: two that are taken at once cannot both be the n-th.
ALTER TABLE sales ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 1;
UPDATE sales SET ordinal = (
    SELECT count(*) FROM sales earlier
    WHERE earlier.source = sales.source AND earlier.order_id = sales.order_id AND earlier.line = sales.line
      AND (earlier.recorded_at < sales.recorded_at OR (earlier.recorded_at = sales.recorded_at AND earlier.revision <= sales.revision)));
CREATE UNIQUE INDEX sales_in_order ON sales (source, order_id, line, ordinal);
