package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DelayCurveTest {
    private static final double STEP = 0.25;

    /** A peak of {@code sinc^2} at 2, and half of one at 9. */
    private static double height(double x) {
        return Math.max(sinc(x - 2), 0.5 * sinc(x - 9));
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.pow(Math.sin(x) / x, 2);
    }

    private static DelayCurve curve() {
        float[] heights = new float[81];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = (float) height(-3 + i * STEP);
        }
        return new DelayCurve(-3, STEP, heights);
    }

    @Test
    void heightsAreInterpolatedAndTheEndsGoOn() {
        DelayCurve curve = curve();
        assertThat(curve.delaySeconds(20)).isEqualTo(2);
        assertThat(curve.height(20)).isEqualTo(1);
        for (double x = -2.9; x < 6; x += 0.07) {
            assertThat(curve.heightAt(x)).isCloseTo(height(x), within(0.004));
        }
        assertThat(curve.heightAt(-100)).isEqualTo(curve.height(0));
        assertThat(curve.heightAt(100)).isEqualTo(curve.height(80));
    }

    @Test
    void secondPeakIsBeyondTheDips() {
        assertThat(curve().secondPeak()).isCloseTo(0.5, within(1e-6));
        assertThat(new DelayCurve(0, 1, new float[] {0.2f, 1, 0.3f}).secondPeak())
                .isZero();
        assertThat(new DelayCurve(0, 1, new float[] {1}).secondPeak()).isZero();
        assertThat(curve().lowest()).isBetween(0.0, 0.01);
    }

    @Test
    void likelihoodFallsByAHalfOneSigmaAway() {
        DelayEstimate estimate = new DelayEstimate(2, 0.03, 0.04, 9, 0, 0, 0.5, 1, 0.5, Instant.EPOCH, 1, curve());
        assertThat(estimate.signalSigmaSeconds()).isCloseTo(0.05, within(1e-12));
        assertThat(estimate.sigmaSeconds()).isCloseTo(Math.hypot(0.05, 9), within(1e-12));
        assertThat(estimate.logLikelihood(2)).isZero();
        assertThat(estimate.logLikelihood(2.05)).isCloseTo(-0.5, within(0.02));
        assertThat(estimate.logLikelihood(1.9)).isCloseTo(-2, within(0.08));
        assertThat(estimate.logLikelihood(9)).isGreaterThan(estimate.logLikelihood(5));
        // sinc^2 bends by 2/3 at its peak.
        assertThat(estimate.logLikelihood(9)).isCloseTo(-0.5 * 3 / 2 / 0.0025, within(10.0));
    }
}
