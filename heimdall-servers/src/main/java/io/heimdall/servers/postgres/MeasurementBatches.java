package io.heimdall.servers.postgres;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.rows.Numbers;
import io.heimdall.dataset.rows.PartRows;
import io.heimdall.dataset.rows.QualityRows;
import io.heimdall.dataset.rows.ReceiverRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of measurements, collected for Heimdall's table and the library's own. */
final class MeasurementBatches {
    private final PreparedBatch measurements;
    private final PreparedBatch own;
    private final PreparedBatch receivers;
    private final PreparedBatch quality;
    private final PreparedBatch parts;

    MeasurementBatches(Handle handle) {
        measurements = handle.prepareBatch("""
                INSERT INTO heimdall.measurements (id, timestamp, websdr_station_id, frequency_hz,
                    signal_strength_db, iq_data_location, iq_data_format, iq_sample_rate, created_at)
                VALUES (:id, :time, (SELECT id FROM heimdall.websdr_stations WHERE name = :station), :frequency,
                    :level, :location, :format, :wholeRate, now())""");
        own = handle.prepareBatch("""
                INSERT INTO heimdall.training_measurements (session_id, position, measurement_id,
                    measurement_timestamp, start_nanos, sample_rate_hz, calibration_db)
                VALUES (:session, :position, :id, :time, :nanos, :rate, :calibration)""");
        receivers = handle.prepareBatch("INSERT INTO heimdall.training_receivers " + ReceiverRows.VALUES);
        quality = handle.prepareBatch("INSERT INTO heimdall.training_quality " + QualityRows.VALUES);
        parts = handle.prepareBatch("INSERT INTO heimdall.training_parts " + PartRows.VALUES);
    }

    /** Adds the rows of one measurement of a session. */
    void add(Session session, int position) {
        Measurement measurement = session.measurements().get(position);
        String id = RowValues.uuid(
                "measurement", session.id() + "/" + measurement.station().name());
        // The time is part of the key and must be there: where it is not known, the session's or none stands for it.
        OffsetDateTime time =
                RowValues.micros(measurement.startTime().or(session::start).orElse(Instant.EPOCH));
        Optional<Recorded> recorded = measurement.recorded();
        Double rate = recorded.map(recording -> Numbers.boxed(recording.sampleRateHz()))
                .orElse(null);
        measurements
                .bind("id", id)
                .bind("time", time)
                .bind("station", measurement.station().name())
                .bind("frequency", session.frequencyHz())
                .bind("level", Numbers.boxed(measurement.levelDb()))
                .bind(
                        "location",
                        recorded.map(recording -> recording.key().toString()).orElse(null))
                .bind("format", recorded.flatMap(Recorded::format).orElse(null))
                .bind("wholeRate", rate == null ? null : (Integer) (int) Math.round(rate))
                .add();
        own.bind("session", RowValues.uuid("session", session.id()))
                .bind("position", position)
                .bind("id", id)
                .bind("time", time)
                .bind("nanos", measurement.startTime().map(RowValues::nanos).orElse(null))
                .bind("rate", rate)
                .bind("calibration", recorded.map(Recorded::calibrationDb).orElse(0.0))
                .add();
        receivers
                .bind("measurement", id)
                .bindMap(ReceiverRows.values(measurement))
                .add();
        recorded.ifPresent(recording -> add(id, recording));
    }

    private void add(String id, Recorded recorded) {
        recorded.quality()
                .ifPresent(measured -> quality.bind("measurement", id)
                        .bindMap(QualityRows.values(measured))
                        .add());
        if (!recorded.part().equals(RecordingPart.FIRST)) {
            parts.bind("measurement", id)
                    .bindMap(PartRows.values(recorded.part()))
                    .add();
        }
    }

    /** Writes the rows. */
    void execute() {
        Stream.of(measurements, own, receivers, quality, parts).forEach(PreparedBatch::execute);
    }
}
