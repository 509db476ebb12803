package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recording of the catalogue, as it travels to a worker.
 *
 * @param session id of its session
 * @param measurement as {@link Rows} writes it
 */
record RecordingRow(String session, String measurement) implements Serializable {

    /** Returns the recordings of a session, without the quality that was measured of them. */
    static Stream<RecordingRow> of(Session session) {
        return session.measurements().stream()
                .filter(measurement -> measurement.recorded().isPresent())
                .map(measurement -> new RecordingRow(session.id(), Rows.text(brief(measurement))));
    }

    /** Returns a measurement as features are computed of it: without the quality of its recording. */
    static Measurement brief(Measurement measurement) {
        return measurement
                .recorded()
                .map(recorded -> measurement.withRecorded(recorded.withQuality(Optional.empty())))
                .orElse(measurement);
    }

    /** Returns the measurement with its recording. */
    Measurement parsed() {
        return Rows.parse(measurement, Measurement.class);
    }
}
