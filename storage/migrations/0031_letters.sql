-- Initial letters of the pinyin of titles and names, runs parted by blanks, so that ldxz leads to 领导小组 without reading all titles.
CREATE TABLE entry_letters (
    number INTEGER PRIMARY KEY REFERENCES entries (number) ON DELETE CASCADE,
    letters TEXT NOT NULL
);
