-- Heimdall's tables where they are missing, and this library's own. A table that is there already is not touched: no
-- column, index, constraint or trigger is added to it (so the library's own tables have no foreign keys to Heimdall's).
CREATE TABLE IF NOT EXISTS websdr_stations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name varchar(255) NOT NULL UNIQUE,
    url varchar(512),
    country varchar(100),
    latitude float NOT NULL,
    longitude float NOT NULL,
    frequency_min_hz bigint,
    frequency_max_hz bigint,
    is_active boolean NOT NULL DEFAULT true,
    api_type varchar(50),
    rate_limit_ms int,
    timeout_seconds int,
    retry_count int,
    altitude_asl int,
    location_description text,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS known_sources (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name varchar(255) NOT NULL UNIQUE,
    description text,
    frequency_hz bigint NOT NULL,
    latitude float,
    longitude float,
    power_dbm float,
    source_type varchar(100),
    is_validated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS recording_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    known_source_id uuid REFERENCES known_sources (id),
    session_name varchar(255) NOT NULL,
    session_start timestamptz,
    session_end timestamptz,
    duration_seconds float,
    celery_task_id varchar(255),
    status varchar(50) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'in_progress', 'completed', 'failed')),
    approval_status varchar(50) NOT NULL DEFAULT 'pending'
        CHECK (approval_status IN ('pending', 'approved', 'rejected')),
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF to_regclass('${flyway:defaultSchema}.measurements') IS NULL THEN
        CREATE TABLE measurements (
            id uuid NOT NULL DEFAULT gen_random_uuid(),
            timestamp timestamptz NOT NULL,
            websdr_station_id uuid NOT NULL REFERENCES websdr_stations (id),
            frequency_hz bigint NOT NULL,
            signal_strength_db float,
            snr_db float,
            frequency_offset_hz int,
            iq_data_location varchar(512),
            iq_data_format varchar(50),
            iq_sample_rate int,
            iq_samples_count int,
            duration_seconds float,
            notes text,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (timestamp, id)
        );
        -- The task id in s3://bucket/sessions/<task id>/name: how a measurement is found by its session.
        CREATE INDEX measurements_by_task ON measurements (split_part(iq_data_location, '/', 5));
    END IF;
END $$;

CREATE TABLE IF NOT EXISTS training_datasets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name varchar(255) NOT NULL UNIQUE,
    description text,
    measurement_count int,
    frequency_range_min_hz bigint,
    frequency_range_max_hz bigint,
    geographic_region varchar(255),
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS dataset_measurements (
    dataset_id uuid NOT NULL REFERENCES training_datasets (id),
    measurement_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (dataset_id, measurement_id)
);

CREATE TABLE IF NOT EXISTS models (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    model_name varchar(255) NOT NULL,
    model_type varchar(100),
    training_dataset_id uuid REFERENCES training_datasets (id),
    mlflow_run_id varchar(255),
    mlflow_experiment_id int,
    onnx_model_location varchar(512),
    pytorch_model_location varchar(512),
    accuracy_meters float,
    accuracy_sigma_meters float,
    loss_value float,
    epoch int,
    hyperparameters jsonb,
    performance_metrics jsonb,
    is_active boolean NOT NULL DEFAULT true,
    is_production boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- The library's own, for sessions that it wrote: where the source stood in this very session (a source may move), and
-- what Heimdall's columns cannot hold: nanoseconds, rates that are no whole number, unknown times, order, calibration.
CREATE TABLE training_sessions (
    session_id uuid PRIMARY KEY,
    source_name text NOT NULL,
    source_latitude float,
    source_longitude float,
    frequency_hz bigint NOT NULL,
    start_nanos int NOT NULL
);

CREATE TABLE training_measurements (
    session_id uuid NOT NULL,
    position int NOT NULL,
    measurement_id uuid NOT NULL UNIQUE,
    measurement_timestamp timestamptz NOT NULL,
    start_nanos int,
    sample_rate_hz float,
    calibration_db float NOT NULL,
    PRIMARY KEY (session_id, position)
);
