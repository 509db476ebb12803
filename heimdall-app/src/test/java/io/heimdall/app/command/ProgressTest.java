package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text, true);

    @Test
    void quickWorkPrintsOnePlainLine() {
        try (Progress progress = new LineProgress("Reading", 3, err)) {
            for (int i = 1; i <= 3; i++) {
                progress.to(i, "file " + i);
            }
        }

        assertThat(text.toString()).isEqualToIgnoringNewLines("Reading 3/3  file 3");
    }

    @Test
    void aTerminalGetsABarOfItsWidth() {
        try (Progress progress = new BarProgress("Reading", 4, err)) {
            progress.to(4, "");
        }

        assertThat(text.toString()).startsWith("\rReading").contains("100%").endsWith(System.lineSeparator());
        assertThat(text.toString().lines()).allMatch(line -> line.length() <= 80);
    }
}
