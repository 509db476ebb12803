-- Heimdall's tables as far as this library reads them, in SQLite's types: identifiers are text, times are ISO 8601
-- text in UTC, booleans 0 or 1.
CREATE TABLE websdr_stations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE known_sources (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    frequency_hz INTEGER NOT NULL,
    latitude REAL,
    longitude REAL,
    is_validated INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE recording_sessions (
    id TEXT PRIMARY KEY,
    known_source_id TEXT REFERENCES known_sources (id),
    session_name TEXT NOT NULL,
    session_start TEXT,
    celery_task_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'in_progress', 'completed', 'failed')),
    approval_status TEXT NOT NULL CHECK (approval_status IN ('pending', 'approved', 'rejected')),
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE measurements (
    id TEXT PRIMARY KEY,
    timestamp TEXT,
    websdr_station_id TEXT NOT NULL REFERENCES websdr_stations (id),
    frequency_hz INTEGER NOT NULL,
    signal_strength_db REAL NOT NULL,
    iq_data_location TEXT NOT NULL UNIQUE,
    iq_data_format TEXT,
    iq_sample_rate REAL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- The library's own: where the source stood in this very session (a source may move), and to which session a
-- measurement belongs, so that no query has to take object names apart.
CREATE TABLE training_sessions (
    session_id TEXT PRIMARY KEY REFERENCES recording_sessions (id) ON DELETE CASCADE,
    source_latitude REAL,
    source_longitude REAL,
    frequency_hz INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE training_measurements (
    session_id TEXT NOT NULL REFERENCES recording_sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    measurement_id TEXT NOT NULL REFERENCES measurements (id) ON DELETE CASCADE,
    calibration_db REAL NOT NULL,
    PRIMARY KEY (session_id, position)
) WITHOUT ROWID;

CREATE INDEX training_measurements_by_measurement ON training_measurements (measurement_id);
