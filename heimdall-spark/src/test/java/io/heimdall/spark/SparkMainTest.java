package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line itself, without a cluster. */
class SparkMainTest {

    @ParameterizedTest
    @ValueSource(strings = {"features", "statistics", "quality", "locate", "simulate"})
    void helpOfEachCommandIsPrinted(String command) {
        SparkRun run = SparkRun.spark(command, "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: heimdall spark " + command, "--master")
                .doesNotContain("%%", "%n");
        assertThat(SparkRun.spark("--help").out()).contains(command);
    }

    @Test
    void helpSaysOfWhatATaskConsists() {
        assertThat(SparkRun.spark("statistics", "--help").out()).contains("Largest number of sessions of a task");
        assertThat(SparkRun.spark("simulate", "--help").out()).contains("Largest number of sessions of a task");
        assertThat(SparkRun.spark("features", "--help").out()).contains("Largest number of recordings of a task");
        assertThat(SparkRun.spark("quality", "--help").out()).contains("Largest number of recordings of a task");
    }

    @Test
    void wrongUsageExitsWith2InTwoLines() {
        for (SparkRun run : new SparkRun[] {
            SparkRun.spark(),
            SparkRun.spark("nothing"),
            SparkRun.spark("features"),
            SparkRun.spark("features", "--workspace", "w", "--per-task", "0"),
            SparkRun.spark("simulate", "--workspace", "w", "--sessions", "0"),
            SparkRun.spark("simulate", "--workspace", "w", "--sessions", "2", "--per-task", "0"),
            SparkRun.spark("quality", "--workspace", "w"),
            SparkRun.spark("locate", "--workspace", "w", "--out", "located.parquet"),
            SparkRun.spark("features", "--workspace", "w", "--config", "no-such-file.yaml", "--per-task", "70000")
        }) {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void keysOfTheSettingsFileThatNoWorkerGetsAreNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("s.yaml"), "objects:\n  access-key: also-secret\n  secret-key: very-secret\n");
        String[] simulate = {
            "simulate", "--sessions", "1", "--workspace", folder.resolve("w").toString(), "--master"
        };
        String told = "not sent to the workers: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY of the settings file";

        SparkRun elsewhere = run(simulate, "no-master", "--config", file.toString());
        SparkRun here = run(simulate, "local[1]", "--config", file.toString());

        assertThat(elsewhere.exit()).isEqualTo(1);
        assertThat(elsewhere.err()).contains(told).doesNotContain("also-secret", "very-secret");
        assertThat(here.exit()).as(here.err()).isZero();
        assertThat(here.err()).doesNotContain(told, "also-secret", "very-secret");
        assertThat(LocalSecrets.shared()).isEmpty();
    }

    private static SparkRun run(String[] begin, String... end) {
        return SparkRun.spark(Stream.concat(Stream.of(begin), Stream.of(end)).toArray());
    }

    @Test
    void aMissingWorkspaceIsNamed(@TempDir Path folder) {
        SparkRun run = SparkRun.spark("features", "--workspace", folder.resolve("none"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("heimdall spark: there is no workspace in " + folder.resolve("none"));
    }
}
