-- Records destroyed after appraisal keep their entry: the disposal that destroyed them. Disposals are objects of the store as well.
ALTER TABLE records ADD COLUMN disposed TEXT;
CREATE TABLE disposals (
    number TEXT PRIMARY KEY,          -- 销毁〔2026〕1号
    disposal TEXT NOT NULL            -- JSON
);
-- SM3 of the event beside its SHA-256, where the platform has it.
ALTER TABLE events ADD COLUMN sm3 TEXT NOT NULL DEFAULT '';
