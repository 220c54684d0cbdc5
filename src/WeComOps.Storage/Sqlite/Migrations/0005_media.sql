-- Pictures are kept for good, with their bytes; WeCom's copies live three days and are known by use.

CREATE TABLE pictures (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    content_type TEXT    NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    size         INTEGER NOT NULL,
    added_by     TEXT    NOT NULL,
    added_at     INTEGER NOT NULL,
    bytes        BLOB    NOT NULL
) STRICT;

CREATE INDEX pictures_by_time ON pictures (added_at, id);

CREATE TABLE picture_copies (
    picture     TEXT    NOT NULL,
    use         TEXT    NOT NULL,
    media_id    TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (picture, use)
) STRICT, WITHOUT ROWID;
