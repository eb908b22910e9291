-- Archive boxes (档案盒): running number, class, first and last 件号, the words of the 备考表; each is an object of the store as well.
CREATE TABLE boxes (
    number INTEGER PRIMARY KEY,
    box TEXT NOT NULL                 -- JSON
);
