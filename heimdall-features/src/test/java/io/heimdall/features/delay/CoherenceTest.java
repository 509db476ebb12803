package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoherenceTest {
    private static final int LINES = 1024;
    private static final int SEGMENTS = 200;

    /** Products of lines whose true coherence is known, as they come out of so many half overlapping segments. */
    private static Coherence measured(double[] truth, boolean[] usable, long seed) {
        Random random = new Random(seed);
        double[] re = new double[LINES];
        double[] im = new double[LINES];
        for (int i = 0; i < LINES; i++) {
            double noise = Math.sqrt((1 - truth[i]) / (0.9 * SEGMENTS) / 2);
            re[i] = Math.sqrt(truth[i]) + noise * Math.sqrt(1 - truth[i]) * random.nextGaussian();
            im[i] = noise * random.nextGaussian();
        }
        return Coherence.of(re, im, usable, SEGMENTS);
    }

    private static boolean[] all() {
        boolean[] usable = new boolean[LINES];
        Arrays.fill(usable, true);
        return usable;
    }

    private static double[] band(int from, int to, double c) {
        double[] truth = new double[LINES];
        Arrays.fill(truth, from, to, c);
        return truth;
    }

    @ParameterizedTest
    @CsvSource({"300, 720, 0.9", "500, 505, 0.7", "17, 1000, 0.02", "400, 656, 0.05"})
    void signalsOfAnyWidthKeepTheirPlaceAndCoherence(int from, int to, double c) {
        Coherence coherence = measured(band(from, to, c), all(), 3);
        double inside = Arrays.stream(coherence.weight(), from, to).sum();
        assertThat(inside).isCloseTo((to - from) * c / (1 - c), within(0.15 * (to - from) * c / (1 - c)));
        assertThat(coherence.total() - inside).isLessThan(0.05 * inside);
        assertThat(coherence.mean()).isCloseTo(c, within(0.2 * c + 0.005));
    }

    @Test
    void noiseHardlyEverWeighsAnything() {
        int taken = 0;
        for (int seed = 0; seed < 200; seed++) {
            taken += measured(new double[LINES], all(), seed).none() ? 0 : 1;
        }
        assertThat(taken).isLessThan(5);
    }

    @Test
    void linesThatDoNotCountWeighNothing() {
        boolean[] usable = all();
        Arrays.fill(usable, 500, 510, false);
        Coherence coherence = measured(band(400, 600, 0.5), usable, 5);
        assertThat(Arrays.stream(coherence.weight(), 500, 510).sum()).isZero();
        assertThat(coherence.total()).isCloseTo(190, within(25.0));
    }

    @Test
    void fullCoherenceStaysFinite() {
        assertThat(measured(band(0, LINES, 1), all(), 1).total()).isFinite().isGreaterThan(1e6);
    }

    @Test
    void widthIsTheDeviationOfTheAngularFrequency() {
        Coherence coherence = new Coherence(new double[] {1, 0, 1, 2}, new double[] {0.5, 0, 0.5, 2 / 3.0});
        double[] hertz = {10, 20, 30, 40};
        assertThat(coherence.centre(hertz)).isEqualTo(30);
        assertThat(coherence.meanSquare(hertz)).isCloseTo(4 * Math.PI * Math.PI * (400 + 200) / 4, within(1e-9));
        assertThat(coherence.typical()).isEqualTo(1.5);
    }
}
