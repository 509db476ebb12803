package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeimdallTest {

    @Test
    void helpTeachesByExamplesAndNamesEveryCommand() {
        Run run = Run.heimdall("--help");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: heimdall", "Examples:", "doctor", "Exit codes");
    }

    @Test
    void versionNamesTheBuildAndTheJava() {
        Run run = Run.heimdall("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).matches("(?s)heimdall \\d+\\.\\d+.*Java \\d+.*");
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
}
