package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver whose true rate is 12 001.3 Hz, in blocks of 512 samples. */
class KiwiClockTest {
    private static final double RATE = 12_001.3;
    private static final int BLOCK = 512;
    private static final double START = 432_100.25;

    private final KiwiClock clock = new KiwiClock(12_000);
    private int block;

    @BeforeEach
    void begin() {
        block = 0;
    }

    private void stamp(double second) {
        double inWeek = ((second % 604_800) + 604_800) % 604_800;
        long whole = (long) Math.floor(inWeek);
        clock.stamp((long) BLOCK * block++, 2, whole, Math.round((inWeek - whole) * 1e9) % 1_000_000_000);
    }

    /** Stamps blocks rightly, on a time that is so many seconds off the first. */
    private void good(int blocks, double aheadSeconds) {
        for (int i = 0; i < blocks; i++) {
            stamp(START + block * BLOCK / RATE + aheadSeconds);
        }
    }

    private void assertRateAndStart(double startSecond) {
        assertThat(clock.sampleRateHz().getAsDouble()).isCloseTo(RATE, within(0.01));
        // The GPS week 2098 began on 2020-03-22 at 00:00:00, less 18 leap seconds.
        Instant week = Instant.parse("2020-03-21T23:59:42Z");
        Instant start = week.plusNanos(Math.round(startSecond * 1e9));
        Instant named = start.plusSeconds(40);
        assertThat(Duration.between(start, clock.startTime(Optional.of(named)).get())
                        .abs())
                .isLessThan(Duration.ofMillis(1));
    }

    /** As in files of 2020. */
    @Test
    void stampsBeforeTheFirstPairThatFitsCountForNothing() {
        stamp(0);
        stamp(START - 11_520);
        good(100, 0);
        assertThat(clock.gaps()).isEmpty();
        assertRateAndStart(START);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void stampsThatStandStillCountForNothing(int blocks) {
        for (int i = 0; i < blocks; i++) {
            stamp(0);
        }
        for (int i = 0; i < blocks; i++) {
            stamp(START - 700);
        }
        good(50, 0);
        assertThat(clock.gaps()).isEmpty();
        assertRateAndStart(START);
    }

    @Test
    void staleStampsInTheMiddleCountForNothing() {
        good(20, 0);
        stamp(START - 5000);
        good(1, 0);
        stamp(0);
        stamp(START + 4000);
        good(1, 0);
        stamp(START + 0.1);
        good(20, 0);
        assertThat(clock.gaps()).isEmpty();
        assertRateAndStart(START);
    }

    @Test
    void aStalePairInTheMiddleCountsForNothing() {
        good(20, 0);
        good(2, -90);
        good(20, 0);
        assertThat(clock.gaps()).isEmpty();
        assertRateAndStart(START);
    }

    @Test
    void lostPacketsAreGapsAlsoBehindAStaleStamp() {
        double packet = BLOCK / RATE;
        stamp(0);
        good(9, 0);
        good(10, 3 * packet);
        stamp(17);
        good(10, 4 * packet);
        good(10, 4 * packet + 30);
        assertThat(clock.gaps()).extracting(Gap::sample).containsExactly(10L * BLOCK, 21L * BLOCK, 31L * BLOCK);
        assertThat(clock.gaps())
                .extracting(gap -> gap.missing().toNanos() / 1e9)
                .satisfiesExactly(
                        s -> assertThat(s).isCloseTo(3 * packet, within(1e-4)),
                        s -> assertThat(s).isCloseTo(packet, within(1e-4)),
                        s -> assertThat(s).isCloseTo(30, within(1e-4)));
        assertRateAndStart(START);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, -60, -86_400, 11_520, 200_000})
    void aClockThatIsSetLeavesNoGap(double seconds) {
        good(30, -seconds);
        good(30, 0);
        assertThat(clock.gaps()).isEmpty();
        assertRateAndStart(START);
    }

    @Test
    void aClockThatIsSetAfterAGapTellsTheStartBeforeTheGap() {
        good(10, -7200);
        good(10, -7195);
        good(10, 5);
        assertThat(clock.gaps()).singleElement().extracting(Gap::sample).isEqualTo(10L * BLOCK);
        assertRateAndStart(START);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20})
    void theWeekMayEndAnywhere(int blocksBefore) {
        double start = 604_800 - (blocksBefore - 0.5) * BLOCK / RATE;
        good(1, -4000);
        block = 0;
        good(30, start - START);
        good(30, start - START + 2);
        assertThat(clock.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.sample()).isEqualTo(30L * BLOCK);
            assertThat(gap.missing().toNanos() / 1e9).isCloseTo(2, within(1e-4));
        });
        assertThat(clock.sampleRateHz().getAsDouble()).isCloseTo(RATE, within(0.01));
    }

    @Test
    void stampsOfWhichNoTwoFitTellNothing() {
        for (int i = 0; i < 10; i++) {
            stamp(i % 2 == 0 ? 0 : 1000 * i);
        }
        assertThat(clock.gaps()).isEmpty();
        assertThat(clock.sampleRateHz()).isEmpty();
        assertThat(clock.startTime(Optional.empty())).isEmpty();
        Instant named = Instant.parse("2020-03-26T00:00:00Z");
        assertThat(clock.startTime(Optional.of(named))).contains(named);
    }

    private double sigma() {
        Instant named = Instant.parse("2020-03-26T23:59:42Z").plusSeconds(120);
        return clock.sigmaSeconds(Optional.of(named)).getAsDouble();
    }

    @Test
    void aReceiverThatKnowsTheTimeIsGoodToMicroseconds() {
        stamp(0);
        good(100, 0);
        assertThat(sigma()).isCloseTo(5e-6, within(2e-7));
        assertThat(clock.sigmaSeconds(Optional.empty())).isEmpty();
        assertThat(new KiwiClock(12_000).sigmaSeconds(Optional.of(Instant.EPOCH)))
                .isEmpty();
    }

    @Test
    void stampsThatScatterMakeAClockWorse() {
        for (int i = 0; i < 200; i++) {
            good(1, i % 2 == 0 ? 30e-6 : -30e-6);
        }
        assertThat(sigma()).isCloseTo(30.4e-6, within(5e-7));
    }

    @Test
    void gapsDoNotMakeAClockWorse() {
        good(50, 0);
        good(50, 2.5);
        good(50, 7.25);
        assertThat(clock.gaps()).hasSize(2);
        assertThat(sigma()).isCloseTo(5e-6, within(5e-7));
    }

    @Test
    void aClockGoesWrongWithoutGnss() {
        for (int i = 0; i < 50; i++) {
            double second = START + block * BLOCK / RATE;
            long whole = (long) second;
            clock.stamp((long) BLOCK * block++, 200, whole, Math.round((second - whole) * 1e9));
        }
        assertThat(sigma()).isCloseTo(Math.hypot(5e-6, 4e-6), within(1e-7));
    }
}
