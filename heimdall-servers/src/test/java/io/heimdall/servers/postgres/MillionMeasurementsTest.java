package io.heimdall.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.servers.testing.ChildJvm;
import io.heimdall.servers.testing.PostgresServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class MillionMeasurementsTest {

    /** Seven stations heard 142 858 transmissions: 1 000 006 measurements, as Heimdall itself would store them. */
    private static final String FILL = """
            SET session_replication_role = replica; -- two million foreign keys that hold need no check
            INSERT INTO heimdall.websdr_stations (name, url, latitude, longitude)
            SELECT 'station ' || i, 'u' || i, 45 + i * 0.1, 7 + i * 0.1 FROM generate_series(1, 7) i;
            INSERT INTO heimdall.known_sources (name, frequency_hz, latitude, longitude) VALUES ('s', 144000000, 45, 7);
            INSERT INTO heimdall.recording_sessions (known_source_id, session_name, session_start, celery_task_id,
                                                     status, approval_status)
            SELECT k.id, 'n', now(), 'task-' || lpad(i::text, 7, '0'), 'completed', 'approved'
              FROM heimdall.known_sources k, generate_series(1, 142858) i;
            INSERT INTO heimdall.measurements (timestamp, websdr_station_id, frequency_hz, signal_strength_db,
                                               iq_data_location, iq_data_format, iq_sample_rate)
            SELECT now(), w.id, 144000000, -60, 's3://heimdall-raw-iq/sessions/' || s.celery_task_id || '/' || w.name
                   || '.npy', 'npy', 12500
              FROM heimdall.websdr_stations w, heimdall.recording_sessions s;
            ANALYZE heimdall.measurements; ANALYZE heimdall.recording_sessions""";

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES) // half a minute by itself, more where others use the machine
    void areStreamedInConstantMemory() throws Exception {
        PostgresSettings settings = PostgresServer.shared().newCatalog();
        PostgresServer.execute(settings, FILL);
        // A JVM that could not hold them: the rows alone are ten times its heap.
        String said = ChildJvm.run(
                List.of(),
                List.of("-Xmx40m", "-XX:+UseSerialGC"),
                CountMeasurements.class,
                settings.url(),
                settings.user(),
                settings.password());
        assertThat(said).contains("142858 sessions, 1000006 measurements");
        System.out.println("with a heap of 40 MB: " + said.strip());
    }
}
