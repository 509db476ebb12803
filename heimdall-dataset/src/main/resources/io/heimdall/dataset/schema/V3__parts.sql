-- The library's own: which part of its file a measurement is, where the file holds several; no row where it holds one.
CREATE TABLE training_parts (
    measurement_id TEXT PRIMARY KEY REFERENCES measurements (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    capture INTEGER NOT NULL,
    stream TEXT
) WITHOUT ROWID;
