-- Which papers have which value (year, campaign, unit, kind …): a bit a paper, so that counts and filters need no scan.
CREATE TABLE entry_bits (
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    chunk INTEGER NOT NULL,           -- bit n is entries.number = chunk * 32768 + n
    bits BLOB NOT NULL,
    PRIMARY KEY (field, value, chunk)
);
-- Where on a page a block stands: JSON list of [start in the text, 表1第5行], blocks without a place left out.
ALTER TABLE pages ADD COLUMN places TEXT NOT NULL DEFAULT '';
-- Numbers of entries are never given twice: the sets of papers may still hold a removed one.
CREATE TABLE entry_numbers (
    last INTEGER NOT NULL
);
INSERT INTO entry_numbers (last) SELECT coalesce(max(number), 0) FROM entries;
