-- Friendships and groups are written only as they were read: a callback and a look at WeCom's lists that decide at once must not
-- both record what only one of them has seen.
ALTER TABLE friendships ADD COLUMN revision bigint NOT NULL DEFAULT 1;
ALTER TABLE customer_groups ADD COLUMN revision bigint NOT NULL DEFAULT 1;
