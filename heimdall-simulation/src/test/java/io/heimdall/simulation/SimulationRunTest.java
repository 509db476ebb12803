package io.heimdall.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import io.heimdall.dataset.Workspace;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectKey;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationRunTest {
    private static final World WORLD = World.rss();

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void nameWorkspace() {
        root = directory.resolve("w");
    }

    private int simulate(Path where, World world, long seed, int sessions, int threads) throws Exception {
        try (Workspace workspace = Workspace.openOrCreate(where)) {
            return new Simulation(world, seed).writeTo(workspace, sessions, threads, done -> {});
        }
    }

    private static Map<String, String> objects(Path root) throws Exception {
        Map<String, String> content = new TreeMap<>();
        try (var files = Files.walk(root.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(
                        root.relativize(file).toString(),
                        Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file))));
            }
        }
        return content;
    }

    private static List<Session> sessions(Path root) throws Exception {
        try (Workspace workspace = Workspace.open(root)) {
            return workspace.catalog().sessions().toList();
        }
    }

    @Test
    void threadsAndInstalmentsMakeNoDifference() throws Exception {
        Path other = directory.resolve("other");
        assertThat(simulate(root, WORLD, 7, 10, 1)).isEqualTo(10);
        assertThat(simulate(other, WORLD, 7, 3, 3)).isEqualTo(3);
        assertThat(simulate(other, WORLD, 7, 10, 3)).isEqualTo(7);
        assertThat(objects(other)).isEqualTo(objects(root)).hasSizeGreaterThan(100);
        assertThat(sessions(other)).isEqualTo(sessions(root)).hasSize(10);
    }

    @Test
    void aSecondCallWritesNothing() throws Exception {
        simulate(root, WORLD, 7, 5, 2);
        FileTime longAgo = FileTime.fromMillis(0);
        Path file = root.resolve("objects/heimdall-raw-iq/sessions/sim-7-000000");
        try (var recordings = Files.list(file)) {
            for (Path recording : recordings.toList()) {
                Files.setLastModifiedTime(recording, longAgo);
            }
        }
        assertThat(simulate(root, WORLD, 7, 5, 2)).isZero();
        assertThat(simulate(root, WORLD, 7, 6, 2)).isEqualTo(1);
        try (var recordings = Files.list(file)) {
            assertThat(recordings).allMatch(r -> r.toFile().lastModified() == 0);
        }
        assertThat(simulate(root, WORLD, 8, 2, 2)).as("another seed").isEqualTo(2);
        assertThat(sessions(root)).hasSize(8);
    }

    @Test
    void catalogueTellsWhatWasSimulated() throws Exception {
        simulate(root, WORLD, 7, 12, 2);
        Simulation simulation = new Simulation(WORLD, 7);
        try (Workspace workspace = Workspace.open(root)) {
            assertThat(WorldFile.of(workspace)).contains(WORLD);
            for (int k = 0; k < 12; k++) {
                Transmission transmission = simulation.transmission(k);
                Session session = workspace.catalog().session(transmission.id()).orElseThrow();
                assertThat(session.approved()).isTrue();
                assertThat(session.source()).contains(transmission.source());
                assertThat(session.sourceName()).isEqualTo(transmission.sourceName());
                assertThat(session.start()).contains(transmission.start());
                assertThat(session.measurements().stream().map(m -> m.station().name()))
                        .containsExactlyElementsOf(heard(transmission));
                for (Measurement measurement : session.measurements()) {
                    assertRecorded(workspace, simulation, transmission, measurement);
                }
            }
        }
    }

    private static List<String> heard(Transmission transmission) {
        return IntStream.range(0, 7)
                .filter(i -> transmission.links().get(i).heard())
                .mapToObj(i -> WORLD.stationNames().get(i))
                .toList();
    }

    private static void assertRecorded(
            Workspace workspace, Simulation simulation, Transmission transmission, Measurement measurement)
            throws Exception {
        int station = WORLD.stationNames().indexOf(measurement.station().name());
        ObjectKey key = measurement.recorded().orElseThrow().key();
        assertThat(key.toString())
                .isEqualTo("s3://heimdall-raw-iq/sessions/" + transmission.id() + "/websdr_" + (station + 1) + ".npy");
        float[] iq = new float[2 * WORLD.recorders().samples()];
        try (Recording recording = Recordings.open(workspace.objects().fetch(key))) {
            assertThat(recording.info().complex()).isTrue();
            assertThat(recording.info().samples()).isEqualTo(4000);
            recording.read(0, iq, 0, 4000);
        }
        double level = 10 * Math.log10(Reception.meanPower(iq))
                + measurement.recorded().orElseThrow().calibrationDb();
        assertThat(measurement.levelDb().orElseThrow()).isCloseTo(level, within(1e-6));
        assertThat(measurement.recorded().orElseThrow().sampleRateHz()).hasValue(12_500);
        assertThat(measurement.recorded().orElseThrow().calibrationDb())
                .isEqualTo(-WORLD.stations().get(station).gainDb());
        assertThat(level).as("as in the fast path").isCloseTo(simulation.levelsDb(transmission)[station], within(0.6));
        try (InputStream in = workspace.objects().open(key.sibling("websdr_" + (station + 1) + "_metadata.json"))) {
            JsonNode metadata = new ObjectMapper().readTree(in);
            assertThat(metadata.path("websdr_id").asInt()).isEqualTo(station + 1);
            assertThat(metadata.path("task_id").asText()).isEqualTo(transmission.id());
            assertThat(metadata.path("data_type").asText()).isEqualTo("iq_complex64");
            assertThat(metadata.path("samples_count").asInt()).isEqualTo(4000);
            assertThat(metadata.path("frequency_hz").asLong()).isEqualTo(transmission.frequencyHz());
            assertThat(metadata.path("sample_rate_khz").asDouble()).isEqualTo(12.5);
            assertThat(metadata.path("timestamp").asText())
                    .isEqualTo(transmission.start().toString());
            assertThat(metadata.path("snr_db").asDouble()).isGreaterThanOrEqualTo(0);
            assertThat(metadata.has("psd_dbfs_per_hz")).isTrue();
            assertThat(Math.abs(metadata.path("frequency_offset_hz").asLong())).isLessThan(600);
        }
    }

    @Test
    void goesOnAfterARunThatFailed() throws Exception {
        Path whole = directory.resolve("whole");
        simulate(whole, WORLD, 7, 8, 2);
        // A folder where an object should be: it cannot be stored.
        Path obstacle = root.resolve("objects/heimdall-raw-iq/sessions/sim-7-000005/websdr_"
                + (1
                        + WORLD.stationNames()
                                .indexOf(heard(new Simulation(WORLD, 7).transmission(5))
                                        .get(0))) + ".npy");
        Workspace.create(root).close();
        Files.createDirectories(obstacle.resolve("x"));
        assertThatThrownBy(() -> simulate(root, WORLD, 7, 8, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("recordings of session sim-7-000005")
                .hasMessageContaining("the same command goes on");
        assertThat(sessions(root).stream().map(Session::id))
                .contains("sim-7-000004")
                .doesNotContain("sim-7-000005");
        Files.delete(obstacle.resolve("x"));
        Files.delete(obstacle);
        assertThat(simulate(root, WORLD, 7, 8, 2)).isEqualTo(3);
        assertThat(objects(root)).isEqualTo(objects(whole));
        assertThat(sessions(root)).isEqualTo(sessions(whole));
    }

    @Test
    void progressCountsWhatIsThere() throws Exception {
        simulate(root, WORLD, 7, 2, 2);
        List<Integer> progress = new ArrayList<>();
        try (Workspace workspace = Workspace.open(root)) {
            new Simulation(WORLD, 7).writeTo(workspace, 6, 2, progress::add);
        }
        assertThat(progress).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void interruptionKeepsWhatIsDone() throws Exception {
        try (Workspace workspace = Workspace.create(root)) {
            assertThatThrownBy(() -> new Simulation(WORLD, 7).writeTo(workspace, 200, 1, done -> {
                        if (done == 3) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(workspace.catalog().sessions().count()).isBetween(3L, 199L);
        }
    }

    @Test
    void worldsAndRecordedSessionsDoNotMix() throws Exception {
        simulate(root, WORLD, 7, 1, 1);
        assertThatThrownBy(() -> simulate(root, WORLD.withShadowingDb(8), 7, 1, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("another simulated world")
                .hasMessageContaining("shadowingDb=6.0")
                .hasMessageContaining("shadowingDb=8.0")
                .hasMessageNotContaining("transmitters");
        Path recorded = directory.resolve("recorded");
        try (Workspace workspace = Workspace.create(recorded)) {
            workspace.catalog().add(Sessions.session("one"));
        }
        assertThatThrownBy(() -> simulate(recorded, WORLD, 7, 1, 1)).hasMessageContaining("holds recorded sessions");
        assertThat(recorded.resolve("world.json")).doesNotExist();
        assertThatThrownBy(() -> simulate(root, WORLD, 7, 0, 1)).hasMessageContaining("number of sessions 0.0");
        assertThatThrownBy(() -> simulate(root, WORLD, 7, 1, 0)).hasMessageContaining("number of threads 0.0");
    }
}
