-- The 件号's register apart from the 档号 it is rendered into; the elements of DA/T 46 that nobody searches by.
ALTER TABLE records ADD COLUMN register TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN item INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN more TEXT NOT NULL DEFAULT '{}';
UPDATE records SET
    register = '档号/' || rtrim(rtrim(code, '0123456789'), '-'),
    item = CAST(substr(code, length(rtrim(code, '0123456789')) + 1) AS INTEGER);
CREATE UNIQUE INDEX records_item ON records (register, item);
