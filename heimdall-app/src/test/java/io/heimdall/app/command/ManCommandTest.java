package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heimdall.app.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
    @TempDir
    private Path folder;

    @Test
    void thePageHasEveryCommandAndItsOptions() {
        Run run = Run.heimdall("man");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(".TH HEIMDALL 1 \"\" \"heimdall ")
                .contains("\n.SS heimdall train\n", "\n.SS heimdall doctor\n")
                .contains("\n\\fB\\-\\-epochs\\fR=\\fIN\\fR\nLargest number of epochs")
                .contains("\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n")
                .contains("\n.SH EXIT STATUS\n")
                .doesNotContain("${", "%%", "\n\n");
        assertThat(Run.heimdall("man", "--json").lastLine()).startsWith("{\"page\":\".TH");
    }

    @Test
    void groffHasNothingToComplainOf() throws Exception {
        Path groff = Path.of("/usr/bin/groff");
        assumeTrue(Files.isExecutable(groff), "no groff");
        Path page = Files.writeString(
                folder.resolve("heimdall.1"), Run.heimdall("man").out());
        Path printed = folder.resolve("printed.txt");
        Path complaints = folder.resolve("complaints.txt");
        Process process = new ProcessBuilder(groff.toString(), "-man", "-Tutf8", "-ww", page.toString())
                .redirectOutput(printed.toFile())
                .redirectError(complaints.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(printed)).contains("Examples:", "writes everything to ./heimdall-workspace");
        assertThat(complaints).isEmptyFile();
    }
}
