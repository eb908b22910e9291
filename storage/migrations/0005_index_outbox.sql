-- What an engine outside this file still has to take in: written in the transaction that files, applied afterwards.
CREATE TABLE index_outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL           -- entries.number; gone from there: to be taken out
);
