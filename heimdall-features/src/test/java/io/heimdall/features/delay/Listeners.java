package io.heimdall.features.delay;

import static io.heimdall.features.delay.Transmission.delayed;
import static io.heimdall.features.delay.Transmission.filtered;
import static io.heimdall.features.delay.Transmission.noise;
import static io.heimdall.features.delay.Transmission.received;

import java.io.IOException;
import java.util.Random;

/** Receivers of one signal, each with noise of its own. */
final class Listeners {
    static final double RATE = 12_000;
    static final int SAMPLES = 48_000;
    static final int PAD = 4096;
    static final double METRES = 600_000;

    final Random random = new Random(5);
    final double[] signal = filtered(noise(random, SAMPLES + 2 * PAD), f -> Math.abs(f) < 0.3 ? 1 : 0, 0);

    /** Returns what one of them hears, so many samples late. */
    float[] heard(double delaySamples, double snrDb) {
        return received(delayed(signal, f -> 1, delaySamples), PAD, SAMPLES, snrDb, 0, random);
    }

    static DelayEstimator estimator() {
        return DelayEstimator.withinMetres(METRES).withMaxOffsetHz(3);
    }

    static Delay compared(TimedRecording a, TimedRecording b) throws IOException {
        return estimator().estimate(a, b);
    }
}
