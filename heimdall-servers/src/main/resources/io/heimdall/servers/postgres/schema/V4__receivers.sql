-- The library's own: where the receiver stood at a measurement that this library wrote, how good its clock was, and from where it
-- heard. A station that moves leaves what it measured before where that was.
CREATE TABLE training_receivers (
    measurement_id uuid PRIMARY KEY,
    latitude float NOT NULL,
    longitude float NOT NULL,
    clock_sigma_s float,
    bearing_deg float,
    bearing_sigma_deg float
);

INSERT INTO training_receivers (measurement_id, latitude, longitude)
SELECT j.measurement_id, w.latitude, w.longitude
  FROM training_measurements j
  JOIN measurements m ON m.id = j.measurement_id AND m.timestamp = j.measurement_timestamp
  JOIN websdr_stations w ON w.id = m.websdr_station_id;
