-- Entries of the office's registers (发文登记簿, 收文登记簿, 编号); each is an object of the store as well.
CREATE TABLE registrations (
    id TEXT PRIMARY KEY,              -- the object's name in the store
    book TEXT NOT NULL,               -- 发文, 收文, 编号
    code TEXT NOT NULL,               -- 发文机关代字, or what is numbered
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,               -- 青教发〔2026〕12号
    draft TEXT NOT NULL,              -- SHA-256 of the draft that was registered, or empty
    record TEXT,                      -- the record it was filed as
    entry TEXT NOT NULL,              -- JSON: everything
    UNIQUE (book, code, year, number)
);
CREATE INDEX registrations_text ON registrations (text);
CREATE INDEX registrations_draft ON registrations (draft);
CREATE INDEX registrations_record ON registrations (record);
