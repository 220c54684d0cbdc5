-- When a person ended an instruction before its deadline; NULL: nobody did. The body says by whom and why.
ALTER TABLE instructions ADD COLUMN stopped_at INTEGER;
