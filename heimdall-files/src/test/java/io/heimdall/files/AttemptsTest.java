package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    @Test
    void threeAreMadeHoweverLongEachTook() {
        Attempts attempts = new Attempts(7, Duration.ZERO);
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
        assertThat(attempts).asString().startsWith("tried 3 times in ");
    }

    @Test
    void noneIsMadeBeyondTheMost() {
        Attempts attempts = new Attempts(2, Duration.ofMinutes(1));
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
    }

    @Test
    void progressGivesAllTriesBack() {
        Attempts attempts = new Attempts(2, Duration.ofMinutes(1));
        assertThat(attempts.again()).isTrue();
        attempts.progress();
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
    }

    @Test
    void oneWhoIsInterruptedMakesNoMore() {
        Thread.currentThread().interrupt();
        assertThat(new Attempts(7, Duration.ofMinutes(1)).again()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
