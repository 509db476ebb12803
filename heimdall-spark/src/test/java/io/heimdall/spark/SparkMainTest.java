package io.heimdall.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line itself, without a cluster. */
class SparkMainTest {

    @ParameterizedTest
    @ValueSource(strings = {"features", "statistics", "quality", "simulate"})
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
            SparkRun.spark("features", "--workspace", "w", "--config", "no-such-file.yaml", "--per-task", "70000")
        }) {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void aMissingWorkspaceIsNamed(@TempDir Path folder) {
        SparkRun run = SparkRun.spark("features", "--workspace", folder.resolve("none"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("heimdall spark: there is no workspace in " + folder.resolve("none"));
    }
}
