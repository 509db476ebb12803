package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration PAUSE = Duration.ofMillis(8);

    private static Attempts attempts(int most, Duration patience) {
        return new Attempts(new Backoff(most, patience, PAUSE, PAUSE));
    }

    @Test
    void threeAreMadeHoweverLongEachTook() {
        Attempts attempts = attempts(7, Duration.ZERO);
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
        assertThat(attempts).asString().startsWith("tried 3 times in ");
    }

    @Test
    void noneIsMadeBeyondTheMost() {
        Attempts attempts = attempts(2, Duration.ofMinutes(1));
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
    }

    @Test
    void progressGivesAllTriesBack() {
        Attempts attempts = attempts(2, Duration.ofMinutes(1));
        assertThat(attempts.again()).isTrue();
        attempts.progress();
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.again()).isFalse();
    }

    @Test
    void aRepeatedTryIsKnown() {
        Attempts attempts = attempts(2, Duration.ofMinutes(1));
        assertThat(attempts.repeated()).isFalse();
        assertThat(attempts).hasToString("tried once");
        assertThat(attempts.again()).isTrue();
        assertThat(attempts.repeated()).isTrue();
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        Backoff backoff = Backoff.usual(Duration.ofMinutes(1));
        long[] expected = {150, 300, 600, 1200, 2400, 4800, 5000, 5000};
        for (int retry = 1; retry <= expected.length; retry++) {
            long least = expected[retry - 1];
            assertThat(backoff.pause(retry, Duration.ZERO).toMillis()).isBetween(least, least + least / 4);
        }
        assertThat(backoff.pause(100, Duration.ZERO).toMillis()).isBetween(5000L, 6250L);
    }

    @Test
    void theServersWishLengthensAPauseUpToTheLongest() {
        Backoff backoff = Backoff.counted(5, Duration.ofMillis(4), Duration.ofSeconds(1));
        assertThat(backoff.pause(1, Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.pause(1, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.pause(1, Duration.ofMillis(1)).toMillis()).isBetween(4L, 5L);
    }

    @Test
    void oneWhoIsInterruptedMakesNoMore() {
        Thread.currentThread().interrupt();
        assertThat(attempts(7, Duration.ofMinutes(1)).again()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
