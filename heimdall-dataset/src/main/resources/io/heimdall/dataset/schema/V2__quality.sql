-- The library's own: what a recording's quality was measured to be; no row where it was not.
CREATE TABLE training_quality (
    measurement_id TEXT PRIMARY KEY REFERENCES measurements (id) ON DELETE CASCADE,
    samples INTEGER NOT NULL,
    level_dbfs REAL NOT NULL,
    peak_dbfs REAL NOT NULL,
    clipped_share REAL NOT NULL,
    dc_dbfs REAL NOT NULL,
    snr_db REAL,
    occupied_bandwidth_hz REAL,
    frequency_offset_hz REAL,
    invalid_samples INTEGER NOT NULL
) WITHOUT ROWID;
