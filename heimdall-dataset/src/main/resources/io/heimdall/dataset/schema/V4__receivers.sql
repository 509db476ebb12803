-- As in Heimdall's own table, level and recording may be missing: a level alone has no recording, a station that heard
-- nothing has neither. SQLite cannot take NOT NULL off a column, so the table is made anew; foreign keys are not enforced
-- meanwhile.
CREATE TABLE measurements_v4 (
    id TEXT PRIMARY KEY,
    timestamp TEXT,
    websdr_station_id TEXT NOT NULL REFERENCES websdr_stations (id),
    frequency_hz INTEGER NOT NULL,
    signal_strength_db REAL,
    iq_data_location TEXT UNIQUE,
    iq_data_format TEXT,
    iq_sample_rate REAL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO measurements_v4 (id, timestamp, websdr_station_id, frequency_hz, signal_strength_db, iq_data_location,
                             iq_data_format, iq_sample_rate, created_at)
SELECT id, timestamp, websdr_station_id, frequency_hz, signal_strength_db, iq_data_location, iq_data_format,
       iq_sample_rate, created_at
  FROM measurements;

DROP TABLE measurements;

ALTER TABLE measurements_v4 RENAME TO measurements;

-- The library's own: where the receiver stood at a measurement, how good its clock was, and from where it heard. A station
-- that moves leaves what it measured before where that was.
CREATE TABLE training_receivers (
    measurement_id TEXT PRIMARY KEY REFERENCES measurements (id) ON DELETE CASCADE,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    clock_sigma_s REAL,
    bearing_deg REAL,
    bearing_sigma_deg REAL
) WITHOUT ROWID;

INSERT INTO training_receivers (measurement_id, latitude, longitude)
SELECT m.id, w.latitude, w.longitude
  FROM measurements m
  JOIN websdr_stations w ON w.id = m.websdr_station_id;
