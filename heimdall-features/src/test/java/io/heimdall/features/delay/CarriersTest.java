package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarriersTest {
    private static final int LINES = 2048;
    private static final int SEGMENTS = 100;

    private final Random random = new Random(11);
    private final double[] power = new double[LINES];

    CarriersTest() {
        for (int i = 0; i < LINES; i++) {
            power[i] = noise();
        }
    }

    private double noise() {
        return SEGMENTS + Math.sqrt(SEGMENTS) * random.nextGaussian();
    }

    /** Adds a carrier between lines, as the window shows it. */
    private void add(double line, double decibels) {
        double peak = 0;
        double[] shown = new double[LINES];
        for (int i = 0; i < LINES; i++) {
            double re = 0;
            for (int n = 0; n < 256; n++) {
                double at = (n + 0.5) / 256;
                re += SegmentReader.window(at) * Math.cos(2 * Math.PI * (i - line) * (at - 0.5)) / 256;
            }
            shown[i] = Math.abs(i - line) > 100 ? 0 : re * re;
            peak = Math.max(peak, shown[i]);
        }
        for (int i = 0; i < LINES; i++) {
            power[i] += SEGMENTS * Math.pow(10, decibels / 10) * shown[i] / peak;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 20, 40, 60, 80})
    void aCarrierAndItsSkirtsAreFound(double decibels) {
        add(700.5, decibels);
        add(1200, decibels);
        boolean[] carriers = Carriers.of(power, SEGMENTS);
        for (int i = 0; i < LINES; i++) {
            if (power[i] > 3 * SEGMENTS) {
                assertThat(carriers[i]).as("line %s", i).isTrue();
            }
        }
        int found = 0;
        for (boolean carrier : carriers) {
            found += carrier ? 1 : 0;
        }
        assertThat(found).isLessThan(90);
    }

    @Test
    void noiseHasNone() {
        assertThat(Carriers.of(power, SEGMENTS)).containsOnly(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 300})
    void aBandOfSignalsIsNone(int width) {
        for (int i = 800; i < 800 + width; i++) {
            power[i] += 1000 * noise();
        }
        assertThat(Carriers.of(power, SEGMENTS)).containsOnly(false);
    }

    @Test
    void onlyWhatBothHaveIsShared() {
        Lines lines = new Lines(hertz(), new int[LINES], new boolean[LINES]);
        boolean[] none = new boolean[LINES];
        boolean[] some = new boolean[LINES];
        Arrays.fill(some, 40, 43, true);
        assertThat(new Carriers(some, none, none).shared(lines)).isEmpty();
        assertThat(new Carriers(some, none, none).any()).isTrue();
        assertThat(new Carriers(none, none, none).any()).isFalse();
        assertThat(new Carriers(some, some, none).shared(lines)).hasValue(41);
    }

    private static double[] hertz() {
        double[] hertz = new double[LINES];
        Arrays.setAll(hertz, i -> i);
        return hertz;
    }
}
