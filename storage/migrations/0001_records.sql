-- Records, their versions and files, events, and the registers numbers come from.
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE records (
    id TEXT PRIMARY KEY,              -- the OCFL object's name
    code TEXT NOT NULL UNIQUE,        -- 档号
    title TEXT NOT NULL,              -- 题名
    issuer TEXT,                      -- 责任者
    number TEXT,                      -- 文号
    dated TEXT,                       -- 成文日期, ISO
    kind TEXT,                        -- 文种
    unit TEXT,                        -- unit's id in the campaign
    unit_name TEXT,
    campaign TEXT,
    stage TEXT,
    evidence TEXT NOT NULL,           -- JSON list of codes
    retention TEXT NOT NULL,          -- Y, D30, D10
    secrecy TEXT,
    pages INTEGER,
    year INTEGER NOT NULL,
    filed TEXT NOT NULL               -- ISO date and time
);
CREATE INDEX records_campaign ON records (campaign, unit, kind);
CREATE INDEX records_year ON records (year);

CREATE TABLE versions (
    record TEXT NOT NULL REFERENCES records (id),
    number INTEGER NOT NULL,
    created TEXT NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (record, number)
) WITHOUT ROWID;

CREATE TABLE files (
    record TEXT NOT NULL,
    version INTEGER NOT NULL,
    place INTEGER NOT NULL,           -- order inside the 件
    name TEXT NOT NULL,
    path TEXT NOT NULL,               -- relative to the OCFL object
    part TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    sha512 TEXT NOT NULL,
    PRIMARY KEY (record, version, place),
    FOREIGN KEY (record, version) REFERENCES versions (record, number)
) WITHOUT ROWID;
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,             -- JSON
    previous TEXT NOT NULL,
    digest TEXT NOT NULL              -- SHA-256 over previous and this event's own fields
);
CREATE INDEX events_subject ON events (subject);

CREATE TABLE registers (
    name TEXT PRIMARY KEY,            -- e.g. 档号/0000-WS·2026-D10
    last INTEGER NOT NULL             -- the highest number given
) WITHOUT ROWID;
