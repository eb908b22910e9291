-- The problem ledger: rows as they stand, and every change that was made to them.
CREATE TABLE problems (
    campaign TEXT NOT NULL,
    number INTEGER NOT NULL,
    row TEXT NOT NULL,                -- JSON of the row as it stands
    PRIMARY KEY (campaign, number)
) WITHOUT ROWID;

CREATE TABLE problem_changes (
    sequence INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    before TEXT NOT NULL,             -- JSON, empty for a new row
    after TEXT NOT NULL
);
CREATE INDEX problem_changes_of ON problem_changes (campaign, number);
