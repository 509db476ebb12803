package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code heimdall spark statistics} for any partitioning, beside what one process computes. */
class StatisticsCommandTest {
    @TempDir
    static Path folder;

    private static Path workspace;
    private static final RunningStatistics FEATURES = new RunningStatistics();
    private static final Map<String, RunningStatistics> LEVELS = new TreeMap<>();

    @BeforeAll
    static void simulateAndComputeByOneProcess() throws IOException {
        workspace = folder.resolve("w");
        try (Workspace made = Workspace.create(workspace)) {
            new Simulation(World.rss(), 3).writeTo(made, 15, 2, done -> {});
            RecordingFeatures features =
                    new RecordingFeatures(made.objects(), FeatureParameters.network(), FeatureCache.none());
            for (Session session : made.catalog().sessions().toList()) {
                RunningStatistics ofSession = new RunningStatistics(); // as the training's first pass adds up
                for (Measurement measurement : session.measurements()) {
                    float[] decibels = features.of(measurement);
                    ofSession.add(decibels, 0, decibels.length);
                }
                FEATURES.merge(ofSession);
                for (Level level : session.levels()) {
                    LEVELS.computeIfAbsent(level.station().name(), any -> new RunningStatistics())
                            .add(level.decibels());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1024", "3, 5", "2, 1"})
    void anyPartitioningHasTheBitsOfOneProcess(int threads, int perTask) throws IOException {
        SparkRun run = SparkRun.spark(
                "statistics",
                "--workspace",
                workspace,
                "--master",
                "local[" + threads + "]",
                "--per-task",
                perTask,
                "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode result = run.json();
        assertThat(result.get("sessions").asInt()).isEqualTo(15);
        assertThat(result.get("faults").asInt()).isZero();
        assertSame(result.get("features"), FEATURES);
        List<String> stations = List.copyOf(LEVELS.keySet());
        assertThat(result.get("levels")).hasSameSizeAs(stations);
        for (int i = 0; i < stations.size(); i++) {
            assertThat(result.get("levels").get(i).get("station").asText()).isEqualTo(stations.get(i));
            assertSame(result.get("levels").get(i), LEVELS.get(stations.get(i)));
        }
        assertThat(run.err()).contains("15 sessions", "level of " + stations.get(0));
    }

    private static void assertSame(JsonNode found, RunningStatistics expected) {
        assertThat(found.get("count").asLong()).isEqualTo(expected.count());
        assertThat(found.get("mean_db").asDouble()).isEqualTo(expected.mean());
        assertThat(found.get("standard_deviation_db").asDouble()).isEqualTo(expected.standardDeviation());
    }

    @Test
    void aWorkspaceWithoutSessionsHasNoNumbers() throws IOException {
        Path empty = folder.resolve("empty");
        Workspace.create(empty).close();

        SparkRun run = SparkRun.spark("statistics", "--workspace", empty, "--master", "local[1]", "--json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().get("features").get("mean_db").isNull()).isTrue();
    }
}
