package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PrintableTest {
    private static final String HOSTILE = "a\u001b[31mred\u0007\u202e\u009b b\nWARN forged\r";

    @Test
    void aLineHasNoControlCharacter() {
        assertThat(Printable.line(HOSTILE)).isEqualTo("a\ufffd[31mred\ufffd\ufffd\ufffd b\ufffdWARN forged\ufffd");
        assertThat(Printable.line("Torino, 12 °C – Ünïcödé 日本")).isEqualTo("Torino, 12 °C – Ünïcödé 日本");
    }

    @Test
    void linesKeepTheirEnds() {
        assertThat(Printable.lines("one\ntwo\u001b")).isEqualTo("one\ntwo\ufffd");
    }

    @Test
    void anErrorDoesNotReachTheTerminalAsAnEscapeSequence() {
        assertThat(Run.heimdall("evaluate", "--workspace", "none\u001b[2J").err())
                .contains("none\ufffd[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void theLogHasALineForEachMessage() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var appender = (ConsoleAppender<?>) context.getLogger("ROOT").getAppender("stderr");
        var encoder = (PatternLayoutEncoder) appender.getEncoder();
        LoggingEvent event = new LoggingEvent(
                "x",
                context.getLogger("io.heimdall.X"),
                ch.qos.logback.classic.Level.WARN,
                "station {}",
                null,
                new Object[] {HOSTILE});

        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);

        assertThat(line.strip()).isEqualTo("WARN X: station " + Printable.line(HOSTILE));
    }
}
