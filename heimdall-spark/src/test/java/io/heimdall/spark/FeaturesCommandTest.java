package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.ObjectKey;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heimdall spark features} on two threads, beside what one process computes. */
class FeaturesCommandTest {
    private static final int SESSIONS = 24;

    @TempDir
    Path folder;

    private Path workspace;
    private Path store;

    @BeforeEach
    void simulate() throws IOException {
        workspace = folder.resolve("w");
        store = workspace.resolve("cache/features");
        try (Workspace made = Workspace.create(workspace)) {
            new Simulation(World.rss(), 7).writeTo(made, SESSIONS, 2, done -> {});
        }
    }

    private SparkRun features(Object... options) {
        return features(Map.of(), options);
    }

    private SparkRun features(Map<String, String> environment, Object... options) {
        Object[] args = new Object[options.length + 6];
        System.arraycopy(
                new Object[] {"features", "--master", "local[2]", "--json", "--workspace", workspace}, 0, args, 0, 6);
        System.arraycopy(options, 0, args, 6, options.length);
        return SparkRun.spark(environment, args);
    }

    @Test
    void bringsIntoTheStoreWhatOneProcessComputesAndListsTheRest() throws IOException {
        try (Workspace opened = Workspace.open(workspace)) {
            List<Session> sessions = opened.catalog().sessions().toList();
            List<ObjectKey> keys = sessions.stream()
                    .flatMap(session -> session.recordings().stream())
                    .map(recorded -> recorded.key())
                    .toList();
            Files.delete(opened.objects().fetch(keys.get(0)));
            Path cut = opened.objects().fetch(keys.get(9));
            Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 300));

            SparkRun run = features("--per-task", 5);

            assertThat(run.exit()).as(run.err()).isZero();
            JsonNode result = run.json();
            assertThat(result.get("recordings").asInt()).isEqualTo(keys.size());
            assertThat(result.get("computed").asInt()).isEqualTo(keys.size() - 2);
            assertThat(result.get("entries").asInt()).isEqualTo(keys.size() - 2); // nothing twice
            assertThat(result.get("faults").asInt()).isEqualTo(2);
            assertThat(result.get("may_pass").asInt()).isZero();
            List<String> faults = Files.readAllLines(workspace.resolve("features-faults.jsonl"));
            assertThat(faults).hasSize(2);
            assertThat(faults.get(0)).contains(keys.get(0).toString());
            assertThat(faults.get(1)).contains(keys.get(9).toString());
            assertThat(run.err()).contains("features-faults.jsonl").doesNotContain("Exception");

            Map<String, float[]> stored = Plain.features(opened, sessions, new FeatureCache(store));
            Map<String, float[]> computed = Plain.features(opened, sessions, FeatureCache.none());
            assertThat(stored.keySet()).isEqualTo(computed.keySet()).hasSize(keys.size() - 2);
            stored.forEach(
                    (recording, features) -> assertThat(features).as(recording).isEqualTo(computed.get(recording)));
        }
    }

    @Test
    void aRestartComputesOnlyWhatTheStoreLacks() throws IOException {
        try (Workspace opened = Workspace.open(workspace)) {
            List<Session> sessions = opened.catalog().sessions().toList();
            long done = Plain.features(opened, sessions.subList(0, 10), new FeatureCache(store))
                    .size();

            SparkRun run = features("--compact");

            assertThat(run.json().get("kept").asLong()).isEqualTo(done);
            assertThat(run.json().get("computed").asLong())
                    .isEqualTo(run.json().get("recordings").asLong() - done);
            assertThat(run.json().get("entries")).isEqualTo(run.json().get("recordings"));
            try (var files = Files.list(store)) {
                assertThat(files.filter(file -> file.toString().endsWith(".safetensors")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aStoreThatCannotBeWrittenToIsAnErrorAndNotATableOfFaults() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        SparkRun run =
                features(Map.of("HEIMDALL_FEATURES_STORE", file.resolve("store").toString()));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines().toList())
                .last()
                .asString()
                .startsWith("heimdall spark: ")
                .contains(file.toString());
        assertThat(workspace.resolve("features-faults.jsonl")).doesNotExist();
    }
}
