package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.Location;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.Sha256;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.model.output.Covariance;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.prediction.SessionPredictor;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code heimdall spark locate} on two threads, beside what one process predicts. */
class LocateCommandTest {
    private static final int SESSIONS = 36;

    @TempDir
    Path folder;

    private Path model;
    private Path table;
    private Path map;

    @BeforeEach
    void makeModel() throws IOException {
        model = TestModel.of("set", "station-set", folder);
        table = folder.resolve("located.parquet");
        map = folder.resolve("located.geojson");
    }

    private Path simulate(World world) throws IOException {
        Path workspace = folder.resolve("w");
        try (Workspace made = Workspace.create(workspace)) {
            new Simulation(world, 7).writeTo(made, SESSIONS, 2, done -> {});
        }
        return workspace;
    }

    private SparkRun locate(Path workspace, String master, Object... options) {
        return SparkRun.spark(Stream.concat(
                        Stream.of("locate", "--master", master, "--json", "--workspace", workspace, "--model", model),
                        Stream.of(options))
                .toArray());
    }

    @Test
    void rowsAreWhatPredictSaysForAnyPartitioning() throws IOException {
        Path workspace = simulate(World.rss());
        SparkRun run = locate(workspace, "local[2]", "--out", table, "--geojson", map, "--per-task", 3);
        Path other = folder.resolve("other.parquet");
        Path otherMap = folder.resolve("other.geojson");
        locate(workspace, "local[1]", "--out", other, "--geojson", otherMap, "--per-task", 40);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("located").asInt()).isEqualTo(SESSIONS);
        assertThat(other).hasSameBinaryContentAs(table);
        assertThat(otherMap).hasSameBinaryContentAs(map);
        assertThat(workspace.resolve("locate-faults.jsonl")).isEmptyFile();
        List<Group> rows = Parquet.rows(table);
        JsonNode features = new ObjectMapper().readTree(map.toFile()).get("features");
        assertThat(rows).hasSize(SESSIONS);
        assertThat(features).hasSize(SESSIONS);
        try (Workspace opened = Workspace.open(workspace);
                SessionLocalizer localizer = SessionLocalizer.open(model, opened.objects(), FeatureCache.none(), 1)) {
            SessionPredictor predictor =
                    new SessionPredictor(localizer, opened.objects(), EnumSet.allOf(EvidenceKind.class));
            List<Session> sessions = opened.catalog().sessions().toList();
            List<Prediction> together = predictor.predict(sessions, warning -> {});
            for (int i = 0; i < SESSIONS; i++) {
                List<Prediction> alone = predictor.predict(sessions.subList(i, i + 1), warning -> {});
                assertRow(rows.get(i), (Prediction.ByLevels) alone.get(0));
                assertAlike(rows.get(i), (Prediction.ByLevels) together.get(i));
                JsonNode properties = features.get(i).get("properties");
                assertThat(properties.get("session").asText())
                        .isEqualTo(sessions.get(i).id());
                assertThat(properties.get("area_95_km2").asDouble())
                        .isEqualTo(rows.get(i).getDouble("area_95_km2", 0));
                assertThat(features.get(i)
                                .get("geometry")
                                .get("coordinates")
                                .get(1)
                                .asDouble())
                        .isCloseTo(rows.get(i).getDouble("latitude", 0), within(1e-6));
            }
        }
    }

    private void assertRow(Group row, Prediction.ByLevels levels) throws IOException {
        GroundDensity density = levels.estimate().density();
        assertThat(row.getString("session", 0)).isEqualTo(levels.sessionId());
        assertThat(row.getString("sample", 0)).isEqualTo(levels.estimate().id());
        assertThat(row.getString("evidence", 0)).isEqualTo("levels");
        assertThat(row.getString("model", 0)).isEqualTo(model.toString());
        assertThat(row.getString("model_sha256", 0)).isEqualTo(Sha256.of(model));
        assertThat(row.getFieldRepetitionCount("warnings")).isZero();
        assertSame(row, "latitude", levels.estimate().location().latitude());
        assertSame(row, "longitude", levels.estimate().location().longitude());
        assertSame(row, "sigma_lat_deg", levels.estimate().location().sigmaLatitude());
        assertSame(row, "sigma_lon_deg", levels.estimate().location().sigmaLongitude());
        assertSame(row, "sigma_east_m", levels.estimate().sigmaEastM());
        assertSame(row, "sigma_north_m", levels.estimate().sigmaNorthM());
        Covariance covariance = levels.estimate().location().density().covariance();
        assertSame(row, "covariance_east_m2", covariance.eastEast());
        assertSame(row, "covariance_north_m2", covariance.northNorth());
        assertSame(row, "median_latitude", density.median().latitude());
        assertSame(row, "median_longitude", density.median().longitude());
        assertSame(row, "area_50_km2", density.areaKm2(0.5));
        assertSame(row, "area_68_km2", density.areaKm2(0.68));
        assertSame(row, "area_90_km2", density.areaKm2(0.9));
        assertSame(row, "area_95_km2", density.areaKm2(0.95));
    }

    private static void assertSame(Group row, String name, double predicted) {
        assertThat(row.getDouble(name, 0)).as(name).isEqualTo(predicted);
    }

    /** Compares with an answer of a larger batch, which has other last bits. */
    private static void assertAlike(Group row, Prediction.ByLevels levels) {
        Location location = levels.estimate().location();
        assertThat(row.getDouble("latitude", 0)).isCloseTo(location.latitude(), within(1e-5));
        assertThat(row.getDouble("longitude", 0)).isCloseTo(location.longitude(), within(1e-5));
        assertThat(row.getDouble("sigma_lat_deg", 0)).isCloseTo(location.sigmaLatitude(), within(1e-5));
        assertThat(row.getDouble("sigma_lon_deg", 0)).isCloseTo(location.sigmaLongitude(), within(1e-5));
    }

    @Test
    void sessionsThatCannotBeLocatedAreListedAndOthersStay() throws IOException {
        Path workspace = simulate(World.rss());
        model = TestModel.of("small", "single-receiver", folder);
        ObjectKey lost;
        List<String> ids;
        try (Workspace opened = Workspace.open(workspace)) {
            List<Session> sessions = opened.catalog().sessions().toList();
            ids = new ArrayList<>(sessions.stream().map(Session::id).toList());
            lost = sessions.get(3).recordings().get(0).key();
            Files.delete(opened.objects().fetch(lost));
        }
        String without = ids.remove(3);

        SparkRun run = locate(workspace, "local[2]", "--out", table);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("faults").asInt()).isEqualTo(1);
        assertThat(Parquet.rows(table).stream()
                        .map(row -> row.getString("session", 0))
                        .distinct())
                .containsExactlyElementsOf(ids);
        JsonNode fault = new ObjectMapper()
                .readTree(workspace.resolve("locate-faults.jsonl").toFile());
        assertThat(fault.get("session").asText()).isEqualTo(without);
        assertThat(fault.get("recording").asText()).isEqualTo(lost.toString());
        assertThat(fault.get("may_pass").asBoolean()).isFalse();
    }

    /** Mends what a task has failed of: the fault passes between two tries. */
    public static final class Mending extends SparkListener {
        private static final AtomicReference<Path> AWAY = new AtomicReference<>();
        private static final AtomicInteger FAILED = new AtomicInteger();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            Path away = AWAY.get();
            if (end.taskInfo().failed() && away != null && FAILED.incrementAndGet() == 1) {
                try {
                    Files.delete(away);
                    Files.move(aside(away), away);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static Path aside(Path recording) {
        return recording.resolveSibling("aside");
    }

    /** Puts a file that Linux refuses to read (EIO, as a disk that fails) in the place of a recording of the last session. */
    private Path away(Path workspace) throws IOException {
        try (Workspace opened = Workspace.open(workspace)) {
            List<Session> sessions = opened.catalog().sessions().toList();
            Path file = opened.objects()
                    .fetch(sessions.get(SESSIONS - 1).recordings().get(0).key());
            Files.move(file, aside(file));
            return Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void faultThatPassesFailsATaskWhichIsTriedAgain() throws IOException {
        Path workspace = simulate(World.rss());
        model = TestModel.of("small", "single-receiver", folder);
        Mending.FAILED.set(0);
        Mending.AWAY.set(away(workspace));
        SparkRun run = locate(
                workspace,
                "local[1,4]",
                "--conf",
                "spark.extraListeners=" + Mending.class.getName(),
                "--per-task",
                SESSIONS,
                "--out",
                table);
        Mending.AWAY.set(null);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Mending.FAILED).hasPositiveValue();
        assertThat(run.json().get("located").asInt()).isEqualTo(SESSIONS);
        assertThat(run.json().get("faults").asInt()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void faultThatStaysLeavesItsSessionOutInTheLastTry() throws IOException {
        Path workspace = simulate(World.rss());
        model = TestModel.of("small", "single-receiver", folder);
        away(workspace);
        SparkRun run = locate(workspace, "local[1,2]", "--out", table);

        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.json().get("located").asInt()).isEqualTo(SESSIONS - 1);
        assertThat(run.json().get("may_pass").asInt()).isEqualTo(1);
    }
}
