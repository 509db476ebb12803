-- Heimdall's database as its services make it, from the list of its tables (TimescaleDB left out): stricter than this
-- library's own migration, with its own types, indexes and a trigger.
CREATE SCHEMA heimdall;
SET search_path TO heimdall;
CREATE TYPE session_status AS ENUM ('pending', 'in_progress', 'completed', 'failed');
CREATE TYPE approval AS ENUM ('pending', 'approved', 'rejected');
CREATE TABLE websdr_stations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL UNIQUE, url varchar(512) NOT NULL UNIQUE,
    country varchar(100), latitude float NOT NULL, longitude float NOT NULL, frequency_min_hz bigint,
    frequency_max_hz bigint, is_active bool NOT NULL DEFAULT true, api_type varchar(50), rate_limit_ms int,
    timeout_seconds int, retry_count int, altitude_asl int, location_description text, notes text,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE known_sources (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL UNIQUE, description text,
    frequency_hz bigint NOT NULL, latitude float NOT NULL, longitude float NOT NULL, power_dbm float,
    source_type varchar(100), is_validated bool NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL);
CREATE TABLE recording_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), known_source_id uuid REFERENCES known_sources (id),
    session_name varchar(255) NOT NULL, session_start timestamptz NOT NULL, session_end timestamptz,
    duration_seconds float, celery_task_id varchar(255), status session_status NOT NULL,
    approval_status approval NOT NULL, notes text, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE INDEX idx_recording_sessions_status ON recording_sessions (status);
CREATE TABLE measurements (
    id uuid NOT NULL DEFAULT gen_random_uuid(), timestamp timestamptz NOT NULL,
    websdr_station_id uuid NOT NULL REFERENCES websdr_stations (id), frequency_hz bigint NOT NULL,
    signal_strength_db float, snr_db float, frequency_offset_hz int, iq_data_location varchar(512),
    iq_data_format varchar(50), iq_sample_rate int, iq_samples_count int, duration_seconds float, notes text,
    created_at timestamptz NOT NULL, PRIMARY KEY (timestamp, id));
CREATE INDEX idx_measurements_station ON measurements (websdr_station_id, timestamp DESC);
CREATE TABLE training_datasets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(255) NOT NULL UNIQUE, description text,
    measurement_count int, frequency_range_min_hz bigint, frequency_range_max_hz bigint,
    geographic_region varchar(255), is_active bool NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL);
CREATE TABLE dataset_measurements (
    dataset_id uuid NOT NULL REFERENCES training_datasets (id), measurement_id uuid NOT NULL,
    created_at timestamptz NOT NULL, UNIQUE (dataset_id, measurement_id));
CREATE TABLE models (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), model_name varchar(255) NOT NULL, model_type varchar(100),
    training_dataset_id uuid REFERENCES training_datasets (id), mlflow_run_id varchar(255), mlflow_experiment_id int,
    onnx_model_location varchar(512), pytorch_model_location varchar(512), accuracy_meters float,
    accuracy_sigma_meters float, loss_value float, epoch int, hyperparameters jsonb, performance_metrics jsonb,
    is_active bool NOT NULL, is_production bool NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN NEW.updated_at = now(); RETURN NEW; END';
CREATE TRIGGER touch_sources BEFORE UPDATE ON known_sources FOR EACH ROW EXECUTE FUNCTION touch();

INSERT INTO websdr_stations (name, url, country, latitude, longitude, created_at, updated_at) VALUES
    ('Torino', 'http://torino', 'IT', 45.044, 7.672, now(), now()),
    ('Genova', 'http://genova', 'IT', 44.395, 8.956, now(), now()),
    ('Coazze', 'http://coazze', 'IT', 45.03, 7.27, now(), now());
INSERT INTO known_sources (name, frequency_hz, latitude, longitude, is_validated, created_at, updated_at) VALUES
    ('beacon', 144400000, 45.5, 8.5, true, now(), now());
INSERT INTO recording_sessions (known_source_id, session_name, session_start, celery_task_id, status, approval_status,
                                created_at, updated_at)
SELECT k.id, v.name, v.start::timestamptz, v.task, v.status::session_status, v.approval::approval, now(), now()
  FROM known_sources k, (VALUES
    ('first', '2025-10-22 10:00:00.25+00', 'task-1', 'completed', 'approved'),
    ('second', '2025-10-23 10:00:00+00', 'task-2', 'completed', 'pending'),
    ('third', '2025-10-24 10:00:00+00', 'task-3', 'failed', 'approved'),
    ('fourth', '2025-10-25 10:00:00+00', 'task-4', 'completed', 'approved'),
    ('running', '2025-10-26 10:00:00+00', NULL, 'in_progress', 'pending')) AS v (name, start, task, status, approval);
INSERT INTO measurements (timestamp, websdr_station_id, frequency_hz, signal_strength_db, snr_db, iq_data_location,
                          iq_data_format, iq_sample_rate, created_at)
SELECT v.time::timestamptz, w.id, 144400000, v.level, v.snr, v.location, v.format, v.rate, now()
  FROM websdr_stations w JOIN (VALUES
    ('Torino', '2025-10-22 10:00:01.5+00', -60.5, 15.0, 's3://heimdall-raw-iq/sessions/task-1/websdr_1.npy', 'npy', 12500),
    ('Genova', '2025-10-22 10:00:01+00', -80.0, 3.0, 's3://heimdall-raw-iq/sessions/task-1/websdr_2.npy', 'iq_complex64', 48000),
    ('Coazze', '2025-10-22 10:00:01+00', NULL, 3.0, 's3://heimdall-raw-iq/sessions/task-1/websdr_3.npy', 'npy', 12500),
    ('Torino', '2025-10-23 10:00:01+00', -61.0, 15.0, 's3://heimdall-raw-iq/sessions/task-2/websdr_1.npy', 'npy', 12500),
    ('Torino', '2025-10-24 10:00:01+00', -62.0, 15.0, 's3://heimdall-raw-iq/sessions/task-3/websdr_1.npy', 'npy', 12500),
    ('Torino', '2025-10-25 10:00:01+00', -63.0, 15.0, 's3://heimdall-raw-iq/sessions/task-4/../x.npy', 'npy', 12500),
    ('Genova', '2025-10-25 10:00:01+00', -63.0, 15.0, NULL, 'npy', 12500)
  ) AS v (station, time, level, snr, location, format, rate) ON w.name = v.station;
