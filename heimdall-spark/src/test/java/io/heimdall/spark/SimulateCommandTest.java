package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectKey;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heimdall spark simulate} beside what one process simulates. */
class SimulateCommandTest {
    @TempDir
    Path folder;

    @Test
    void sessionsHaveTheBytesOfOneProcessAndMissingOnesAreAdded() throws IOException {
        Path workspace = folder.resolve("spark");
        try (Workspace plain = Workspace.create(folder.resolve("plain"));
                Workspace begun = Workspace.create(workspace)) {
            Simulation simulation = new Simulation(World.rss(), 2);
            simulation.writeTo(plain, 20, 2, done -> {});
            simulation.writeTo(begun, 4, 1, done -> {});

            SparkRun run = SparkRun.spark(
                    "simulate",
                    "--workspace",
                    workspace,
                    "--sessions",
                    20,
                    "--seed",
                    2,
                    "--master",
                    "local[2]",
                    "--per-task",
                    3,
                    "--json");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.json().get("added").asInt()).isEqualTo(16);
            List<Session> sessions = plain.catalog().allSessions().toList();
            assertThat(begun.catalog().allSessions()).containsExactlyElementsOf(sessions);
            List<ObjectKey> objects = plain.objects().list(ObjectKey.RECORDINGS, "");
            assertThat(begun.objects().list(ObjectKey.RECORDINGS, "")).isEqualTo(objects);
            for (ObjectKey key : objects) {
                assertThat(Files.mismatch(
                                plain.objects().fetch(key), begun.objects().fetch(key)))
                        .as(key.toString())
                        .isNegative();
            }
        }
    }

    @Test
    void theSettingsFileIsReadAndNamesTheWorkspace() throws IOException {
        Path workspace = folder.resolve("w");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "work-space: " + workspace + "\n");
        Path right = Files.writeString(folder.resolve("right.yaml"), "workspace: " + workspace + "\n");

        SparkRun refused = SparkRun.spark("simulate", "--sessions", 1, "--workspace", workspace, "--config", wrong);
        SparkRun nowhere = SparkRun.spark("simulate", "--sessions", 1);
        SparkRun run = SparkRun.spark("simulate", "--sessions", 1, "--config", right, "--master", "local[1]");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("unknown key 'work-space'");
        assertThat(nowhere.exit()).isEqualTo(2);
        assertThat(nowhere.err()).contains("'--workspace=DIR'");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains(workspace + ": 1 sessions of seed 1, 1 of them new");
    }

    @Test
    void anotherWorldIsRefused() throws IOException {
        Path workspace = folder.resolve("w");
        try (Workspace made = Workspace.create(workspace)) {
            new Simulation(World.rss(), 1).writeTo(made, 1, 1, done -> {});
        }

        SparkRun other = SparkRun.spark("simulate", "--workspace", workspace, "--sessions", 2, "--world", "tdoa");
        SparkRun unknown = SparkRun.spark("simulate", "--workspace", workspace, "--sessions", 2, "--world", "flat");

        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("holds another simulated world");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("'flat'");
    }
}
