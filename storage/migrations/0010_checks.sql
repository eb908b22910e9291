-- When each object of the store was last read whole and compared; what was wrong with it then, empty when nothing was.
CREATE TABLE checks (
    object TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    damage TEXT NOT NULL
) WITHOUT ROWID;
