package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.files.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue of a release that knew recordings alone. */
class SqliteMigrationTest {
    private static final ObjectKey RECORDING = ObjectKey.parse("s3://heimdall-raw-iq/sessions/old/websdr_1.npy");

    @TempDir
    Path directory;

    /** Makes the third version's tables, with a measurement that has a row in each. */
    private Path thirdVersion() throws SQLException {
        Path file = directory.resolve("old.sqlite");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure(getClass().getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:io/heimdall/dataset/schema")
                .table("training_schema_history")
                .target("3")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "INSERT INTO websdr_stations (id, name, latitude, longitude) VALUES ('w', 'Torino', 45.044, 7.672)",
                    "INSERT INTO known_sources (id, name, frequency_hz, latitude, longitude) VALUES ('k', 'tx', 7, 45, 8)",
                    "INSERT INTO recording_sessions (id, known_source_id, session_name, celery_task_id, status,"
                            + " approval_status) VALUES ('s', 'k', 'old', 'old', 'completed', 'approved')",
                    "INSERT INTO measurements (id, websdr_station_id, frequency_hz, signal_strength_db, iq_data_location,"
                            + " iq_data_format, iq_sample_rate) VALUES ('m', 'w', 7, -60.5, '" + RECORDING
                            + "', 'npy', 12000.5)",
                    "INSERT INTO training_sessions VALUES ('s', 45, 8, 7)",
                    "INSERT INTO training_measurements VALUES ('s', 0, 'm', -3.5)",
                    "INSERT INTO training_quality VALUES ('m', 100, -60, -51, 0.25, -90, 12.5, NULL, NULL, 0)",
                    "INSERT INTO training_parts VALUES ('m', 1, 2, NULL)")) {
                statement.execute(sql.replace("'w'", uuid("station:Torino"))
                        .replace("'k'", uuid("source:tx"))
                        .replace("'s'", uuid("session:old"))
                        .replace("'m'", uuid("measurement:old/Torino")));
            }
        }
        return file;
    }

    @Test
    void keepsItsSessionsAndTakesLevels() throws SQLException {
        Path file = thirdVersion();
        try (SqliteCatalog catalog = SqliteCatalog.open(file)) {
            Session old = catalog.session("old").orElseThrow();
            Measurement measurement = old.measurements().get(0);
            Recorded recorded = measurement.recorded().orElseThrow();
            assertThat(measurement.station()).isEqualTo(new Station("Torino", new GeoPoint(45.044, 7.672)));
            assertThat(measurement.levelDb()).hasValue(-60.5);
            assertThat(recorded.withQuality(Optional.empty()))
                    .isEqualTo(Recorded.at(RECORDING)
                            .as("npy", 12_000.5)
                            .calibrated(-3.5)
                            .withPart(new RecordingPart(1, 2, Optional.empty())));
            assertThat(recorded.quality().orElseThrow().snrDb()).hasValue(12.5);

            Station elsewhere = new Station("Torino", new GeoPoint(46, 9));
            Session levels = Sessions.session("levels").heardBy(List.of(Measurement.level(elsewhere, -70)));
            catalog.add(levels);
            assertThat(catalog.sessions()).as("each where it was").containsExactly(levels, old);
            catalog.add(old.heardBy(List.of(Measurement.level(elsewhere, -71))));
            assertThat(catalog.session("old").orElseThrow().recordings())
                    .as("the old rows go with their measurement")
                    .isEmpty();
        }
        assertThat(rows(file, "training_quality") + rows(file, "training_parts"))
                .isZero();
    }

    /** The key that every release gives to the same name. */
    private static String uuid(String name) {
        return "'" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + "'";
    }

    private static int rows(Path file, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
