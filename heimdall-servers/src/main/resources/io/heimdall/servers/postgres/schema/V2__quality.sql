-- The library's own: what a recording's quality was measured to be; no row where it was not. Heimdall's snr_db stays
-- what the station said.
CREATE TABLE training_quality (
    measurement_id uuid PRIMARY KEY,
    samples bigint NOT NULL,
    level_dbfs float NOT NULL,
    peak_dbfs float NOT NULL,
    clipped_share float NOT NULL,
    dc_dbfs float NOT NULL,
    snr_db float,
    occupied_bandwidth_hz float,
    frequency_offset_hz float,
    invalid_samples bigint NOT NULL
);
