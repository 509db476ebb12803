package io.heimdall.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.ModelRun;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.RecordingCatalogContract;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Sessions;
import io.heimdall.files.ObjectKey;
import io.heimdall.servers.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresCatalogTest extends RecordingCatalogContract {

    private static final String RUN = "0a1b2c";

    private PostgresSettings settings;

    @Override
    protected RecordingCatalog openEmpty() throws Exception {
        settings = PostgresServer.shared().newCatalog();
        return PostgresCatalog.open(settings);
    }

    @Test
    void migratingTwiceDoesNothing() {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            catalog.add(Sessions.session("kept"));
            assertThat(PostgresCatalog.migrate(settings)).isEmpty();
            assertThat(catalog.sessions()).containsExactly(Sessions.session("kept"));
        }
    }

    @Test
    void queriesArePlannedForTheSessionsThatWereJustAdded() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            List<Session> added = IntStream.range(0, 500)
                    .mapToObj(i -> Sessions.session("s" + i))
                    .toList();
            catalog.addAll(added);
            long measurements =
                    added.stream().mapToLong(s -> s.measurements().size()).sum();
            try (Connection connection = PostgresServer.connect(settings);
                    Statement statement = connection.createStatement();
                    ResultSet known = statement.executeQuery(
                            "SELECT reltuples FROM pg_class WHERE oid = 'heimdall.training_measurements'::regclass")) {
                known.next();
                assertThat(known.getDouble(1)).isEqualTo(measurements);
            }
        }
    }

    @Test
    void anEmptyDatabaseIsNotTakenForHeimdalls() throws Exception {
        PostgresSettings empty = PostgresServer.shared().newDatabase();
        assertThatThrownBy(() -> PostgresCatalog.open(empty))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("heimdall migrate");
    }

    @Test
    void filtersBySignalToNoiseRatioAndTrainingDataset() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            Session one = Sessions.session("one");
            Session two = Sessions.session("two");
            catalog.addAll(List.of(one, two));
            PostgresServer.execute(settings, """
                    UPDATE heimdall.measurements SET snr_db = 12 WHERE iq_data_location LIKE '%sessions/one/Torino%';
                    UPDATE heimdall.measurements SET snr_db = 9.9 WHERE iq_data_location LIKE '%sessions/two/Torino%';
                    INSERT INTO heimdall.training_datasets (name) VALUES ('spring'), ('empty');
                    INSERT INTO heimdall.dataset_measurements (dataset_id, measurement_id)
                    SELECT d.id, m.id FROM heimdall.training_datasets d, heimdall.measurements m
                     WHERE d.name = 'spring' AND m.iq_data_location LIKE '%sessions/two/%'""");
            Session loud = one.heardBy(List.of(torino(one)));
            SessionFilter all = SessionFilter.all();
            assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(10)))).containsExactly(loud);
            assertThat(catalog.sessions(all.withTrainingDataset("spring"))).containsExactly(two);
            assertThat(catalog.sessions(all.withTrainingDataset("empty"))).isEmpty();
            assertThat(catalog.trainingDatasets()).containsExactly("empty", "spring");
            assertThatThrownBy(() -> catalog.sessions(all.withTrainingDataset("autumn")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no training dataset 'autumn'; the catalogue has empty, spring");
            assertThat(catalog.sessions(all.withTrainingDataset("spring").with(QualityLimits.ofSnrDb(10))))
                    .isEmpty();
        }
    }

    @Test
    void whatWasMeasuredCountsBeforeWhatTheStationSaid() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            Session measured = Sessions.measured(Sessions.session("one"), Sessions.quality(20, 0), null);
            catalog.add(measured);
            PostgresServer.execute(settings, "UPDATE heimdall.measurements SET snr_db = 12");
            SessionFilter all = SessionFilter.all();
            assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(12)))).containsExactly(measured);
            assertThat(catalog.sessions(all.with(QualityLimits.ofSnrDb(13))))
                    .containsExactly(measured.heardBy(measured.measurements().subList(0, 1)));
        }
    }

    @Test
    void aDatabaseOfAReleaseThatMeasuredNothingAndKnewNoPartsIsRead() throws Exception {
        try (PostgresCatalog writer = PostgresCatalog.open(settings)) {
            writer.add(Sessions.session("old"));
        }
        PostgresServer.execute(
                settings, "DROP TABLE heimdall.training_quality, heimdall.training_parts, heimdall.training_receivers");
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            assertThat(catalog.sessions()).containsExactly(Sessions.session("old"));
            assertThat(catalog.sessions(SessionFilter.all().with(QualityLimits.ofClippedShare(1))))
                    .isEmpty();
            assertThatThrownBy(() -> catalog.add(Sessions.session("new")))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("'heimdall migrate' creates them");
        }
    }

    private static Measurement torino(Session session) {
        return session.measurements().stream()
                .filter(m -> m.station().name().equals("Torino"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordingOutsideItsSessionsFolderIsRefused() {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            Session thief =
                    Sessions.session("thief").heardBy(Sessions.session("owner").measurements());
            assertThatThrownBy(() -> catalog.add(thief))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("sessions/owner/")
                    .hasMessageContaining("is not under sessions/thief/");
        }
    }

    @Test
    void moreStreamsThanConnectionsShareThem() {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings.withConnections(2))) {
            List<Session> sessions = java.util.stream.IntStream.range(0, 600)
                    .mapToObj(i -> Sessions.session(String.format("s%04d", i)))
                    .toList();
            catalog.addAll(sessions);
            var first = catalog.sessions().iterator();
            var second = catalog.sessions().iterator();
            for (Session expected : sessions) {
                assertThat(first.next()).isEqualTo(expected);
                assertThat(second.next()).isEqualTo(expected);
                assertThat(catalog.stations()).hasSize(2);
            }
            assertThat(first.hasNext()).isFalse();
            assertThat(second.hasNext()).isFalse();
        }
    }

    @Test
    void writesResultsOnceAndReadsThem() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            PostgresServer.execute(settings, "INSERT INTO heimdall.training_datasets (name) VALUES ('spring')");
            ModelResult result = result(Optional.of("spring"), OptionalDouble.of(812.5));
            catalog.addModel(RUN, result(Optional.empty(), OptionalDouble.empty()));
            assertThat(catalog.models("localization"))
                    .containsExactly(result(Optional.empty(), OptionalDouble.empty()));
            catalog.addModel(RUN, result);
            catalog.addModel(RUN, result);
            assertThat(catalog.models("localization")).containsExactly(result);
            assertThat(catalog.models("other")).isEmpty();
            assertThatThrownBy(() -> catalog.addModel(RUN, result(Optional.of("autumn"), OptionalDouble.of(1))))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("'autumn', which is not there");
        }
    }

    @Test
    void whetherAResultCanBeWrittenIsCheckedWithoutATrace() throws Exception {
        PostgresSettings settings = PostgresServer.shared().newCatalog();
        ModelResult fits = result(Optional.empty(), OptionalDouble.of(812.5));
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            catalog.checkModel("training", fits);
            assertThat(catalog.models(fits.name())).isEmpty();

            assertThatThrownBy(() -> catalog.checkModel(
                            "training", result("r".repeat(256), Optional.empty(), OptionalDouble.empty())))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("too long")
                    .hasMessageContaining("255");
            assertThatThrownBy(
                            () -> catalog.checkModel("training", result(Optional.of("autumn"), OptionalDouble.empty())))
                    .hasMessageContaining("training dataset 'autumn', which is not there");
        }
        String reader = "reader_" + System.nanoTime();
        PostgresServer.execute(settings, "CREATE ROLE " + reader + " LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'");
        PostgresServer.execute(settings, "GRANT USAGE ON SCHEMA heimdall TO " + reader);
        PostgresServer.execute(settings, "GRANT SELECT ON ALL TABLES IN SCHEMA heimdall TO " + reader);
        PostgresSettings reading = PostgresSettings.of(settings.url(), reader, PostgresServer.PASSWORD);
        try (PostgresCatalog catalog = PostgresCatalog.open(reading)) {
            assertThatThrownBy(() -> catalog.checkModel("training", fits))
                    .hasMessageContaining("permission denied for table models")
                    .hasMessageContaining("grant this user the right");
        }
    }

    @Test
    void aResultsRunIsCorrectedAndTheRowStaysTheSame() throws Exception {
        try (PostgresCatalog catalog = PostgresCatalog.open(settings)) {
            ModelResult offline = result(Optional.empty(), OptionalDouble.of(812.5));
            catalog.addModel(RUN, offline);
            catalog.addModel("another", offline);
            String id = ids();
            ModelRun there = new ModelRun(RUN, "localization", "f00d", OptionalInt.of(3));
            List<ModelRun> sent = List.of(
                    there,
                    new ModelRun(RUN, "no such model", "f00e", OptionalInt.empty()),
                    new ModelRun("no such training", "localization", "f00f", OptionalInt.empty()));

            assertThat(catalog.locate(sent)).isEqualTo(1);
            assertThat(catalog.locate(sent)).as("once more").isZero();
            assertThat(catalog.locate(List.of())).isZero();
            assertThat(runs()).isEqualTo("0a1b2c in 7,f00d in 3");

            catalog.addModel(RUN, offline); // resumed where no server is known
            assertThat(runs()).isEqualTo("0a1b2c in 7,f00d in 3");
            assertThat(catalog.locate(List.of(new ModelRun(RUN, "localization", "beef", OptionalInt.empty()))))
                    .as("another server")
                    .isEqualTo(1);
            assertThat(runs()).isEqualTo("0a1b2c in 7,beef");
            catalog.addModel(RUN, result("cafe", Optional.empty(), OptionalDouble.of(1)));
            assertThat(runs()).isEqualTo("0a1b2c in 7,cafe in 7");
            assertThat(ids()).isEqualTo(id);
        }
    }

    private String runs() throws Exception {
        return text("string_agg(concat_ws(' in ', mlflow_run_id, mlflow_experiment_id), ',' ORDER BY mlflow_run_id)");
    }

    private String ids() throws Exception {
        return text("string_agg(id::text, ',' ORDER BY id)");
    }

    private String text(String expression) throws Exception {
        try (var connection = PostgresServer.connect(settings);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT " + expression + " FROM heimdall.models")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static ModelResult result(Optional<String> dataset, OptionalDouble accuracyMetres) {
        return result(RUN, dataset, accuracyMetres);
    }

    private static ModelResult result(String run, Optional<String> dataset, OptionalDouble accuracyMetres) {
        return new ModelResult(
                "localization",
                "resnet18",
                run,
                OptionalInt.of(7),
                dataset,
                new ObjectKey(ObjectKey.MODELS, "localization-v3.onnx"),
                accuracyMetres,
                OptionalDouble.of(1_000),
                -0.25,
                12,
                Map.of("lr", "1e-3", "quote", "\"'"),
                Map.of("p90", 2.5, "undefined", Double.NaN));
    }
}
