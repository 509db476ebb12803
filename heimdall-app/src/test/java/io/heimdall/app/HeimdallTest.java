package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeimdallTest {

    @Test
    void helpTeachesByExamplesAndNamesEveryCommand() {
        Run run = Run.heimdall("--help");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: heimdall", "Examples:", "doctor", "Exit codes");
    }

    /** picocli warns on the process's own standard error of a percent sign that is not doubled. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "simulate",
                "ingest",
                "features",
                "inspect",
                "train",
                "evaluate",
                "export",
                "predict",
                "locate",
                "runs",
                "sweep",
                "sync",
                "push",
                "migrate",
                "serve",
                "spark",
                "doctor",
                "init",
                "completion",
                "man"
            })
    void helpOfEachCommandIsPrintedWithoutWarnings(String command) {
        PrintStream usual = System.err;
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            Run run = Run.heimdall(command, "--help");

            assertThat(run.exit()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("Usage: heimdall " + command).doesNotContain("%%", "%n");
        } finally {
            System.setErr(usual);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void versionNamesTheBuildTheJavaAndTheEngines() {
        Run run = Run.heimdall("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).matches("(?s)heimdall \\d+\\.\\d+.*\nJava \\d+.*\nEngines: djl-pytorch, dl4j\n");
    }

    @Test
    void theCommitIsNamedWhereTheBuildKnewIt() {
        Properties properties = new Properties();
        properties.setProperty("version", "1.2.3");
        properties.setProperty("commit", "");
        assertThat(Version.build(properties)).isEqualTo("heimdall 1.2.3");
        properties.setProperty("commit", "0123456789ab-dirty");
        assertThat(Version.build(properties)).isEqualTo("heimdall 1.2.3 (commit 0123456789ab-dirty)");
    }

    @Test
    void wrongUsageIsTwoLinesAndExitCodeTwo() {
        for (Run run : new Run[] {Run.heimdall(), Run.heimdall("dcotor"), Run.heimdall("doctor", "--no-such-option")}) {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines()).hasSizeBetween(1, 2);
            assertThat(run.err()).contains("--help'");
        }
    }

    @Test
    void sparkSaysHowItIsBuiltWhateverItIsAsked() {
        Run run = Run.heimdall("spark", "features", "--workspace", "w");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("heimdall-spark is not built", "dev/spark.sh build");
    }
}
