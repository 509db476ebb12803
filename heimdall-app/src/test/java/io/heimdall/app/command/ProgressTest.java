package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter text = new StringWriter();
    private final PrintWriter err = new PrintWriter(text, true);

    @Test
    void longWorkPrintsPlainLinesAndEndsWithTheLast() {
        try (Progress progress = new LineProgress("Reading", 3, err, Duration.ZERO)) {
            progress.to(1, "");
            progress.to(3, "last.npy");
        }

        assertThat(text.toString().lines()).containsExactly("Reading 1/3", "Reading 3/3  last.npy");
    }

    @Test
    void quickWorkPrintsNothing() {
        for (Progress quick : new Progress[] {
            new LineProgress("Reading", 3, err, LineProgress.INTERVAL), new BarProgress("Reading", 3, err)
        }) {
            quick.to(3, "");
            quick.close();
        }

        assertThat(text.toString()).isEmpty();
    }

    @Test
    void aTerminalGetsABarOfItsWidth() throws InterruptedException {
        try (Progress progress = new BarProgress("Reading", 4, err)) {
            Thread.sleep(310);
            progress.to(4, "");
        }

        assertThat(text.toString()).startsWith("\rReading").contains("100%").endsWith(System.lineSeparator());
        assertThat(text.toString().lines()).allMatch(line -> line.length() <= 80);
    }
}
