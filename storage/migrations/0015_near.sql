-- What is compared to recognise the same paper in another scan, format or wording (indexer/near.py); can be made anew.
CREATE TABLE near_signatures (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL,             -- records.id
    place INTEGER NOT NULL,           -- which file of the record
    version TEXT NOT NULL,            -- what made it; only signatures of one making can be compared
    signature BLOB NOT NULL,
    UNIQUE (record, place)
);

CREATE TABLE near_bands (
    key INTEGER NOT NULL,             -- hash of one stretch of a signature
    number INTEGER NOT NULL,          -- near_signatures.number
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
