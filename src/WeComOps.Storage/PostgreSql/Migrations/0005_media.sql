-- Pictures are kept for good, with their bytes; WeCom's copies live three days and are known by use.

CREATE TABLE pictures (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    name         text COLLATE "C" NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    width        bigint NOT NULL,
    height       bigint NOT NULL,
    size         bigint NOT NULL,
    added_by     text COLLATE "C" NOT NULL,
    added_at     bigint NOT NULL,
    bytes        bytea  NOT NULL
);

CREATE INDEX pictures_by_time ON pictures (added_at, id);

CREATE TABLE picture_copies (
    picture     text COLLATE "C" NOT NULL,
    use         text COLLATE "C" NOT NULL,
    media_id    text COLLATE "C" NOT NULL,
    uploaded_at bigint NOT NULL,
    PRIMARY KEY (picture, use)
);
