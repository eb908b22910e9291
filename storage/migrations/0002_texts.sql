-- What the finding aid knows of each record; the index itself is made by the engine and can be thrown away.
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,       -- the engine's document number
    record TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    doc_number TEXT NOT NULL,         -- 文号
    issuer TEXT NOT NULL,
    names TEXT NOT NULL,              -- unit and campaign as people call them
    unit TEXT,
    unit_name TEXT,
    campaign TEXT,
    kind TEXT,
    year INTEGER NOT NULL,
    dated TEXT,
    retention TEXT NOT NULL,
    state TEXT NOT NULL,              -- how reading the text ended
    why TEXT NOT NULL
);
CREATE INDEX entries_dated ON entries (dated);
CREATE INDEX entries_campaign ON entries (campaign);

CREATE TABLE pages (
    entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    label TEXT NOT NULL,              -- 第3页
    text TEXT NOT NULL,
    PRIMARY KEY (entry, place)
) WITHOUT ROWID;

CREATE TABLE index_state (
    engine TEXT PRIMARY KEY,
    tokenizer TEXT NOT NULL,
    generation INTEGER NOT NULL
) WITHOUT ROWID;
