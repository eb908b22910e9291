-- The same 文号 again is asked about when papers are taken in.
CREATE INDEX records_number ON records (number);
