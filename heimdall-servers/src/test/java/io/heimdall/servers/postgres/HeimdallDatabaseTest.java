package io.heimdall.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.RecordingPart;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.Station;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.PostgresServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that Heimdall's own services made. */
class HeimdallDatabaseTest {

    private static final Station TORINO = new Station("Torino", new GeoPoint(45.044, 7.672));
    private static final Station GENOVA = new Station("Genova", new GeoPoint(44.395, 8.956));

    /** Columns, constraints, indexes, triggers and types of the schema, and the number of rows of each table. */
    private static final String SHAPE = """
            SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' '
                   || COALESCE(column_default, '-') || ' ' || ordinal_position
              FROM information_schema.columns WHERE table_schema = 'heimdall'
            UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'heimdall'::regnamespace
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'heimdall'
            UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || pg_get_triggerdef(t.oid)
              FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = 'heimdall'::regnamespace
            UNION ALL SELECT 'relation ' || relname || ' ' || relkind::text || ' ' || oid FROM pg_class
             WHERE relnamespace = 'heimdall'::regnamespace
            UNION ALL SELECT 'type ' || typname || ' ' || oid FROM pg_type WHERE typnamespace = 'heimdall'::regnamespace
            ORDER BY 1""";

    private PostgresSettings settings;

    @BeforeEach
    void makeHeimdallsDatabase() throws Exception {
        settings = PostgresServer.shared().newDatabase();
        try (InputStream sql = getClass().getResourceAsStream("heimdall.sql")) {
            PostgresServer.execute(settings, new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private List<String> ask(String sql) throws Exception {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private List<String> content() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String table :
                List.of("websdr_stations", "known_sources", "recording_sessions", "measurements", "models")) {
            rows.addAll(ask("SELECT x::text FROM heimdall." + table + " x ORDER BY 1"));
        }
        return rows;
    }

    private static Session firstSession() {
        Instant second = Instant.parse("2025-10-22T10:00:01Z");
        return new Session(
                "task-1",
                "beacon",
                Optional.of(new GeoPoint(45.5, 8.5)),
                144_400_000L,
                true,
                Optional.of(Instant.parse("2025-10-22T10:00:00.250Z")),
                List.of(
                        measurement(GENOVA, 2, Optional.empty(), 48_000, second, -80),
                        measurement(TORINO, 1, Optional.of("npy"), 12_500, second.plusMillis(500), -60.5)));
    }

    private static Measurement measurement(
            Station station, int number, Optional<String> format, double rateHz, Instant time, double levelDb) {
        Recorded recorded = new Recorded(
                new ObjectKey(ObjectKey.RECORDINGS, "sessions/task-1/websdr_" + number + ".npy"),
                format,
                RecordingPart.FIRST,
                OptionalDouble.of(rateHz),
                0,
                Optional.empty());
        return Measurement.recorded(station, recorded, levelDb).at(time);
    }

    @Test
    void isReadUnchanged() throws Exception {
        List<String> shape = ask(SHAPE);
        List<String> content = content();
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            assertThat(catalog.stations()).extracting(Station::name).containsExactly("Coazze", "Genova", "Torino");
            // Approved, completed, with what can be used of it: Coazze has no level, task-4 no valid location.
            assertThat(catalog.sessions()).containsExactly(firstSession());
            assertThat(catalog.allSessions()).extracting(Session::id).containsExactly("task-1", "task-2");
            assertThat(catalog.session("task-1")).contains(firstSession());
            assertThat(catalog.session("task-3")).isEmpty();
            assertThat(catalog.sessions(SessionFilter.all().with(QualityLimits.ofSnrDb(10))))
                    .containsExactly(firstSession()
                            .heardBy(List.of(firstSession().measurements().get(1))));
            assertThat(catalog.models("any")).isEmpty();
        }
        assertThat(ask(SHAPE)).isEqualTo(shape);
        assertThat(content()).isEqualTo(content);
    }

    /** What Heimdall measured without recording it, on the beacon's frequency and on another. */
    private void addLevels() throws Exception {
        PostgresServer.execute(settings, """
                UPDATE heimdall.recording_sessions SET session_end = '2025-10-22 10:01:00+00' WHERE celery_task_id = 'task-1';
                UPDATE heimdall.recording_sessions SET duration_seconds = 30, approval_status = 'approved'
                 WHERE celery_task_id = 'task-2';
                INSERT INTO heimdall.measurements (timestamp, websdr_station_id, frequency_hz, signal_strength_db,
                                                   iq_data_location, created_at)
                SELECT v.time::timestamptz, w.id, v.hz, v.level, v.location, now()
                  FROM heimdall.websdr_stations w JOIN (VALUES
                    ('Coazze', '2025-10-22 10:00:30+00', 144400000, -77.5, NULL),
                    ('Coazze', '2025-10-22 10:00:31+00', 144400000, -78.5, NULL),
                    ('Torino', '2025-10-22 10:00:32+00', 144400000, -79.5, ''),
                    ('Genova', '2025-10-23 10:00:30+00', 144400000, -90.5, ''),
                    ('Coazze', '2025-10-23 10:00:31+00', 144400000, -91.5, NULL),
                    ('Coazze', '2025-10-23 10:00:02+00', 144500000, -92.5, NULL)
                  ) AS v (station, time, hz, level, location) ON w.name = v.station""");
    }

    @Test
    void aLevelWithoutARecordingBelongsToTheSessionThatWentOnAtItsTime() throws Exception {
        addLevels();
        for (boolean migrated : List.of(false, true)) {
            if (migrated) {
                PostgresCatalog.migrate(settings);
            }
            try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
                Session first = catalog.session("task-1").orElseThrow();
                assertThat(first.measurements())
                        .extracting(m -> m.station().name() + " " + m.levelDb().orElseThrow())
                        .as("the first level of a station; a recording before a level")
                        .containsExactly("Coazze -77.5", "Genova -80.0", "Torino -60.5");
                assertThat(first.recordings()).hasSize(2);
                assertThat(first.measurements().get(0).startTime()).contains(Instant.parse("2025-10-22T10:00:30Z"));
                Session second = catalog.session("task-2").orElseThrow();
                assertThat(second.measurements())
                        .extracting(m -> m.station().name() + " " + m.levelDb().orElseThrow())
                        .as("up to the session's last second, on its frequency")
                        .containsExactly("Genova -90.5", "Torino -61.0");
                assertThat(catalog.sessions()).containsExactly(first, second);
            }
        }
    }

    @Test
    void migrateAddsOnlyTablesOfItsOwn() throws Exception {
        List<String> shape = ask(SHAPE);
        List<String> content = content();
        assertThat(PostgresCatalog.migrate(settings))
                .contains("training_parts", "training_quality", "training_receivers", "training_sessions")
                .allMatch(table -> table.startsWith("training_"));
        List<String> after = ask(SHAPE);
        assertThat(after).containsAll(shape);
        after.removeAll(shape);
        assertThat(after).isNotEmpty().allMatch(line -> line.contains("training_"));
        assertThat(content()).isEqualTo(content);
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            assertThat(catalog.sessions()).containsExactly(firstSession());
        }
    }

    @Test
    void takesSessionsBesideHeimdallsAndNeverInTheirPlace() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            assertThatThrownBy(() -> catalog.add(Sessions.session("task-5")))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("'heimdall migrate' creates them");
            PostgresCatalog.migrate(settings);
            catalog.add(Sessions.session("task-5"));
            catalog.add(Sessions.session("task-5"));
            assertThat(catalog.sessions()).containsExactly(firstSession(), Sessions.session("task-5"));
            List<String> content = content();
            assertThatThrownBy(() -> catalog.addAll(List.of(Sessions.session("task-6"), Sessions.session("task-1"))))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("session task-1 was recorded by Heimdall itself");
            assertThat(content()).isEqualTo(content);
        }
    }

    @Test
    void whatTheDatabaseRefusesIsSaidInItsWords() {
        PostgresCatalog.migrate(settings);
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            Session timeless = new Session(
                    "timeless",
                    "",
                    Optional.empty(),
                    1,
                    true,
                    Optional.empty(),
                    List.of(Sessions.measurement("timeless", "Torino")));
            assertThatThrownBy(() -> catalog.add(timeless))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("null value in column \"session_start\"")
                    .hasMessageNotContaining(settings.password());
        }
    }
}
