package io.heimdall.features.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error of the delay is as large as its sigma says, in many recordings of known delay. */
class DelaySigmaTest {
    private static final double RATE = 24_000;
    private static final int PAD = 128;

    @ParameterizedTest
    @CsvSource({"DRM, -10, 16384, 40", "NBFM, 15, 16384, 40", "FSK4, 40, 16384, 40", "AM, 15, 16384, 40"})
    void errorReachesItsSigma(Transmission.Kind kind, double snrDb, int samples, int trials) throws IOException {
        ratio(kind, snrDb, samples, trials, 0.25);
    }

    /** Takes a minute or two: {@code mvn test -pl heimdall-features -Dtest=DelaySigmaTest -Dheimdall.test.slow=true}. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "heimdall.test.slow", matches = "true")
    @CsvSource({
        "DRM, -10, 16384, 300", "DRM, 0, 16384, 300", "DRM, 15, 16384, 300", "DRM, 40, 16384, 300",
        "NBFM, -10, 16384, 300", "NBFM, 0, 16384, 300", "NBFM, 15, 16384, 300", "NBFM, 40, 16384, 300",
        "FSK4, -10, 16384, 300", "FSK4, 0, 16384, 300", "FSK4, 15, 16384, 300", "FSK4, 40, 16384, 300",
        "AM, -10, 262144, 60", "AM, 0, 32768, 200", "AM, 15, 16384, 300", "AM, 40, 16384, 300",
    })
    void errorReachesItsSigmaAtAnyStrength(Transmission.Kind kind, double snrDb, int samples, int trials)
            throws IOException {
        ratio(kind, snrDb, samples, trials, 0.15);
    }

    private static void ratio(Transmission.Kind kind, double snrDb, int samples, int trials, double tolerance)
            throws IOException {
        DelayEstimator estimator = DelayEstimator.withinMetres(100_000).withMaxOffsetHz(0.5);
        double squares = 0;
        double squaresOfSigma = 0;
        double inSigmas = 0;
        for (int trial = 0; trial < trials; trial++) {
            Random random = new Random(100_000L * kind.ordinal() + trial);
            double[] signal = kind.signal(random, samples + 2 * PAD, RATE);
            double delay = 12 * random.nextDouble() - 6;
            float[] a =
                    Transmission.received(Transmission.delayed(signal, f -> 1, delay), PAD, samples, snrDb, 0, random);
            float[] b = Transmission.received(signal, PAD, samples, snrDb, 0, random);
            Delay found = estimator.estimate(Transmission.timed(a, RATE), Transmission.timed(b, RATE));
            assertThat(found).as("trial %s", trial).isInstanceOf(DelayEstimate.class);
            DelayEstimate estimate = (DelayEstimate) found;
            double error = estimate.delaySeconds() - delay / RATE;
            squares += error * error;
            squaresOfSigma += Math.pow(estimate.signalSigmaSeconds(), 2);
            inSigmas += Math.pow(error / estimate.signalSigmaSeconds(), 2);
        }
        assertThat(Math.sqrt(squares / squaresOfSigma)).isBetween(1 - tolerance, 1 + tolerance);
        assertThat(Math.sqrt(inSigmas / trials)).isBetween(1 - tolerance, 1 + tolerance);
    }
}
