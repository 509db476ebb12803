package io.heimdall.features.delay;

import static io.heimdall.features.delay.Listeners.METRES;
import static io.heimdall.features.delay.Listeners.PAD;
import static io.heimdall.features.delay.Listeners.RATE;
import static io.heimdall.features.delay.Listeners.SAMPLES;
import static io.heimdall.features.delay.Transmission.START;
import static io.heimdall.features.delay.Transmission.delayed;
import static io.heimdall.features.delay.Transmission.described;
import static io.heimdall.features.delay.Transmission.filtered;
import static io.heimdall.features.delay.Transmission.noise;
import static io.heimdall.features.delay.Transmission.received;
import static io.heimdall.features.delay.Transmission.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.recording.Gap;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayEstimatorTest {
    private final Listeners listeners = new Listeners();
    private final Random random = listeners.random;
    private final double[] signal = listeners.signal;

    private static DelayEstimate estimated(TimedRecording a, TimedRecording b) throws IOException {
        return estimated(Listeners.estimator(), a, b);
    }

    private static DelayEstimate estimated(DelayEstimator estimator, TimedRecording a, TimedRecording b)
            throws IOException {
        Delay delay = estimator.estimate(a, b);
        assertThat(delay).isInstanceOf(DelayEstimate.class);
        return (DelayEstimate) delay;
    }

    private static void assertDelay(DelayEstimate estimate, double seconds) {
        assertThat(estimate.delaySeconds())
                .as("sigma %s, of the noise %s", estimate.signalSigmaSeconds(), estimate.noiseSigmaSeconds())
                .isCloseTo(seconds, within(4 * estimate.signalSigmaSeconds()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-19.3, -1, 0, 0.5, 7.25, 23.9})
    void delayIsPositiveWhereTheFirstHearsLater(double samples) throws IOException {
        DelayEstimate estimate =
                estimated(timed(listeners.heard(samples, 10), RATE), timed(listeners.heard(0, 10), RATE));
        assertDelay(estimate, samples / RATE);
        assertThat(estimate.noiseSigmaSeconds() * RATE).isBetween(1e-3, 4e-3);
        assertThat(estimate.dispersionSigmaSeconds()).isZero();
        assertThat(estimate.clockSigmaSeconds()).isCloseTo(1e-7 * Math.sqrt(2), within(1e-12));
        assertThat(estimate.driftPpm()).isZero();
        assertThat(estimate.secondPeakRatio()).isLessThan(0.4);
        assertThat(estimate.commonSeconds()).isCloseTo(SAMPLES / RATE, within(0.01));
        assertThat(Duration.between(START.plusSeconds(2), estimate.time()).abs())
                .isLessThan(Duration.ofMillis(5));
        assertThat(estimate.rmsBandwidthHz()).isCloseTo(7200 / Math.sqrt(12), within(60.0));
        assertThat(estimate.coherence()).isCloseTo(Math.pow(16.7 / 17.7, 2), within(0.03));
    }

    @Test
    void startTimesOfTheRecordingsCount() throws IOException {
        TimedRecording a = timed(Recordings.of(listeners.heard(3.5, 10), true, RATE), START.plusNanos(1_234_567));
        TimedRecording b = timed(Recordings.of(listeners.heard(0, 10), true, RATE), START);
        assertDelay(estimated(a, b), 3.5 / RATE + 1_234_567e-9);
        assertDelay(estimated(b, a), -3.5 / RATE - 1_234_567e-9);
    }

    @Test
    void onlyWhatBothRecordedIsCompared() throws IOException {
        float[] early = listeners.heard(2.25, 10);
        float[] all = listeners.heard(0, 10);
        float[] late = Arrays.copyOfRange(all, 2 * 20_000, all.length);
        TimedRecording b = timed(Recordings.of(late, true, RATE), START.plusNanos(Math.round(20_000 / RATE * 1e9)));
        DelayEstimate estimate = estimated(timed(early, RATE), b);
        assertDelay(estimate, 2.25 / RATE);
        assertThat(estimate.commonSeconds()).isCloseTo(28_000 / RATE, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0.02", "-1.7", "2.9"})
    void frequencyOffsetIsOfTheFirstOverTheSecond(double hertz) throws IOException {
        float[] raised = received(delayed(signal, f -> 1, 5.5), PAD, SAMPLES, 6, hertz / RATE, random);
        DelayEstimate estimate = estimated(timed(raised, RATE), timed(listeners.heard(0, 6), RATE));
        assertDelay(estimate, 5.5 / RATE);
        assertThat(estimate.frequencyOffsetHz()).isCloseTo(hertz, within(0.002));
    }

    @Test
    void largeOffsetsAreFoundToo() throws IOException {
        float[] raised = received(delayed(signal, f -> 1, -8.3), PAD, SAMPLES, 6, 417.3 / RATE, random);
        DelayEstimate estimate = estimated(
                DelayEstimator.withinMetres(METRES).withMaxOffsetHz(500),
                timed(raised, RATE),
                timed(listeners.heard(0, 6), RATE));
        assertDelay(estimate, -8.3 / RATE);
        assertThat(estimate.frequencyOffsetHz()).isCloseTo(417.3, within(0.002));
    }

    @Test
    void receiversMayBeTunedApart() throws IOException {
        float[] lower = received(delayed(signal, f -> 1, 4.5), PAD, SAMPLES, 15, -1500 / RATE, random);
        Recording a = described(lower, true, RATE, OptionalDouble.of(77_500 + 1500), List.of());
        Recording b = described(listeners.heard(0, 15), true, RATE, OptionalDouble.of(77_500), List.of());
        DelayEstimate estimate = estimated(timed(a, START), timed(b, START));
        assertDelay(estimate, 4.5 / RATE);
        assertThat(estimate.frequencyOffsetHz()).isCloseTo(0, within(0.002));
    }

    @ParameterizedTest
    @CsvSource({"12000.0, 12000.057", "12000, 20250", "20250, 12000", "12000, 48000", "12001.145, 12017.3"})
    void ratesMayDiffer(double rateA, double rateB) throws IOException {
        double fine = 96_000;
        int samples = 300_000;
        double[] wide = filtered(noise(random, samples), f -> Math.abs(f * fine) < 4000 ? 1 : 0, 0);
        DelayEstimate estimate = estimated(
                timed(sampled(wide, fine, rateA, 6.3 / RATE), rateA), timed(sampled(wide, fine, rateB, 0), rateB));
        assertDelay(estimate, 6.3 / RATE);
        assertThat(estimate.noiseSigmaSeconds() * RATE).isLessThan(0.02);
        assertThat(estimate.dispersionSigmaSeconds()).isZero();
    }

    /** Samples a signal at another rate, by cubics over so fine a grid that their error is far below the noise. */
    private float[] sampled(double[] wide, double fine, double rate, double delaySeconds) {
        int up = 4;
        int count = wide.length / 2;
        double[] dense = dense(delayed(wide, f -> 1, delaySeconds * fine), up);
        int samples = (int) ((count / fine - 0.1) * rate);
        float[] out = new float[2 * samples];
        for (int i = 0; i < samples; i++) {
            double at = (0.05 + i / rate) * fine * up;
            int n = (int) at;
            double u = at - n;
            for (int part = 0; part < 2; part++) {
                double p = dense[2 * n - 2 + part];
                double q = dense[2 * n + part];
                double r = dense[2 * n + 2 + part];
                double s = dense[2 * n + 4 + part];
                double value = q + u / 2 * (r - p + u * (2 * p - 5 * q + 4 * r - s + u * (3 * (q - r) + s - p)));
                out[2 * i + part] = (float) (0.1 * (value + 0.3 * random.nextGaussian()));
            }
        }
        return out;
    }

    private static double[] dense(double[] signal, int up) {
        double[] y = new double[signal.length * up];
        for (int shift = 0; shift < up; shift++) {
            double[] moved = delayed(signal, f -> 1, -(double) shift / up);
            for (int i = 0; i < signal.length / 2; i++) {
                y[2 * (i * up + shift)] = moved[2 * i];
                y[2 * (i * up + shift) + 1] = moved[2 * i + 1];
            }
        }
        return y;
    }

    @Test
    void badClocksAreSearchedInStrips() throws IOException {
        Recording a = Recordings.of(listeners.heard(3, 0), true, RATE);
        Recording b = Recordings.of(listeners.heard(0, 0), true, RATE);
        TimedRecording ofA = new TimedRecording(a, START.plusMillis(1300), 0.5, 1);
        DelayEstimate estimate = estimated(ofA, new TimedRecording(b, START, 0.001, 1));
        assertDelay(estimate, 3 / RATE + 1.3);
        assertThat(estimate.sigmaSeconds()).isCloseTo(0.5, within(0.001));
    }

    @Test
    void gapsAreMissingTime() throws IOException {
        float[] whole = listeners.heard(4.5, 10);
        List<Gap> gaps = new ArrayList<>();
        float[] holed = new float[whole.length];
        int kept = 0;
        for (int from = 0; from < SAMPLES; from += 9000) {
            int count = Math.min(7000, SAMPLES - from);
            System.arraycopy(whole, 2 * from, holed, 2 * kept, 2 * count);
            kept += count;
            if (count == 7000) {
                gaps.add(new Gap(kept, Duration.ofNanos(Math.round(2000 / RATE * 1e9))));
            }
        }
        Recording a = described(Arrays.copyOf(holed, 2 * kept), true, RATE, OptionalDouble.empty(), gaps);
        DelayEstimate estimate = estimated(timed(a, START), timed(listeners.heard(0, 10), RATE));
        assertDelay(estimate, 4.5 / RATE);
        assertThat(estimate.noiseSigmaSeconds() * RATE).isLessThan(5e-3);
        assertThat(estimate.commonSeconds()).isCloseTo(kept / RATE, within(0.01));
    }

    @Test
    void oscillatorsMayDrift() throws IOException {
        // 20 ppm between the receivers' clocks: over 4 s, 0.96 samples.
        double fine = 48_000;
        double[] wide = filtered(noise(random, 210_000), f -> Math.abs(f * fine) < 4000 ? 1 : 0, 0);
        float[] a = sampled(wide, fine, RATE, 6.3 / RATE);
        float[] b = sampled(wide, fine, RATE * (1 + 20e-6), 0);
        DelayEstimate estimate = estimated(
                new TimedRecording(Recordings.of(a, true, RATE), START, 1e-6, 20),
                new TimedRecording(Recordings.of(b, true, RATE), START, 1e-6, 20));
        // By the second clock, which says 12000 Hz where it is faster, the signal comes ever later.
        double middle = Duration.between(START, estimate.time()).toNanos() * 1e-9;
        assertThat(estimate.driftPpm()).isCloseTo(-20, within(0.5));
        assertDelay(estimate, 6.3 / RATE - 20e-6 * (middle + 0.05) + 20e-6 * 0.05);
    }

    @Test
    void carriersOfOneReceiverDoNotMatter() throws IOException {
        float[] a = listeners.heard(-6.4, 10);
        float[] b = listeners.heard(0, 10);
        for (int i = 0; i < SAMPLES; i++) {
            a[2 * i] += 0.9f; // its own, at 0 Hz
            b[2 * i] += (float) (3 * Math.cos(0.4 * i));
            b[2 * i + 1] += (float) (3 * Math.sin(0.4 * i));
        }
        DelayEstimate estimate = estimated(timed(a, RATE), timed(b, RATE));
        assertDelay(estimate, -6.4 / RATE);
        assertThat(estimate.noiseSigmaSeconds() * RATE).isLessThan(5e-3);
    }

    @Test
    void aCarrierThatBothHearDoesNotHideTheSignal() throws IOException {
        float[] a = listeners.heard(9.2, 0);
        float[] b = listeners.heard(0, 0);
        for (int i = 0; i < SAMPLES; i++) {
            a[2 * i] += (float) (2 * Math.cos(-0.7 * i));
            a[2 * i + 1] += (float) (2 * Math.sin(-0.7 * i));
            b[2 * i] += (float) (2 * Math.cos(-0.7 * i + 1));
            b[2 * i + 1] += (float) (2 * Math.sin(-0.7 * i + 1));
        }
        assertDelay(estimated(timed(a, RATE), timed(b, RATE)), 9.2 / RATE);
    }

    @Test
    void passbandsMayDiffer() throws IOException {
        float[] a = received(delayed(signal, f -> f > -0.28 && f < 0.1 ? 1 : 1e-3, 3.3), PAD, SAMPLES, 10, 0, random);
        float[] b = received(delayed(signal, f -> f > -0.1 && f < 0.25 ? 1 : 1e-3, 0), PAD, SAMPLES, 10, 0, random);
        DelayEstimate estimate = estimated(timed(a, RATE), timed(b, RATE));
        assertDelay(estimate, 3.3 / RATE);
        assertThat(estimate.rmsBandwidthHz()).isCloseTo(0.2 * RATE / Math.sqrt(12), within(60.0));
    }

    @Test
    void anEchoIsASecondPeakAndTheDirectPathWins() throws IOException {
        double[] direct = delayed(signal, f -> 1, 5);
        double[] echo = delayed(signal, f -> 0.7, 17);
        for (int i = 0; i < direct.length; i++) {
            direct[i] += echo[i];
        }
        DelayEstimate estimate = estimated(
                timed(received(direct, PAD, SAMPLES, 10, 0, random), RATE), timed(listeners.heard(0, 10), RATE));
        assertThat(estimate.delaySeconds() * RATE).isCloseTo(5, within(0.15));
        assertThat(estimate.secondPeakRatio()).isBetween(0.5, 0.85);
        assertThat(estimate.dispersionSigmaSeconds()).isGreaterThan(estimate.noiseSigmaSeconds());
        assertThat(estimate.logLikelihood(5 / RATE)).isGreaterThan(estimate.logLikelihood(17 / RATE));
        assertThat(estimate.logLikelihood(17 / RATE)).isGreaterThan(estimate.logLikelihood(13 / RATE));
    }

    @Test
    void filtersThatDelayFrequenciesDifferentlyAreSeen() throws IOException {
        // A delay of 2 samples below and of 4 above: one delay explains no more than their mean.
        double[] lower = delayed(signal, f -> f < 0 ? 1 : 0, 2);
        double[] upper = delayed(signal, f -> f < 0 ? 0 : 1, 4);
        for (int i = 0; i < lower.length; i++) {
            lower[i] += upper[i];
        }
        DelayEstimate estimate = estimated(
                timed(received(lower, PAD, SAMPLES, 20, 0, random), RATE), timed(listeners.heard(0, 20), RATE));
        assertThat(estimate.dispersionSigmaSeconds() * RATE).isBetween(0.1, 2.0);
        assertDelay(estimate, 3 / RATE);
    }

    @Test
    void aNarrowSignalInAWideRecordingIsFound() throws IOException {
        // 240 Hz of 12 kHz times 40: 25 kHz in 1.2 MHz would be the same.
        double[] narrow = filtered(signal, f -> Math.abs(f - 0.2) < 0.0005 ? 1 : 0, 0);
        float[] a = received(delayed(narrow, f -> 1, 11), PAD, SAMPLES, 10, 0, random);
        float[] b = received(narrow, PAD, SAMPLES, 10, 0, random);
        DelayEstimate estimate = estimated(timed(a, RATE), timed(b, RATE));
        assertDelay(estimate, 11 / RATE);
        assertThat(estimate.rmsBandwidthHz()).isBetween(2.0, 8.0);
    }

    @Test
    void realRecordingsAreCompared() throws IOException {
        float[] a = new float[SAMPLES];
        float[] b = new float[SAMPLES];
        double[] late = delayed(signal, f -> 1, 2.7);
        for (int i = 0; i < SAMPLES; i++) {
            a[i] = (float) (late[2 * (PAD + i)] + 0.2 * random.nextGaussian());
            b[i] = (float) (signal[2 * (PAD + i)] + 0.2 * random.nextGaussian());
        }
        TimedRecording ofA = timed(Recordings.of(a, false, RATE), START);
        assertDelay(estimated(ofA, timed(Recordings.of(b, false, RATE), START)), 2.7 / RATE);
    }

    @Test
    void samplesThatAreNoNumbersCountAsZero() throws IOException {
        float[] a = listeners.heard(1.5, 10);
        for (int i = 1000; i < a.length; i += 5000) {
            a[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
        }
        assertDelay(estimated(timed(a, RATE), timed(listeners.heard(0, 10), RATE)), 1.5 / RATE);
    }

    @Test
    void numbersAreCheckedAtTheDoor() {
        Recording recording = Recordings.of(new float[4], true, RATE);
        Instant now = START;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimedRecording(recording, now, 0, 1))
                .withMessageContaining("0.0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimedRecording(recording, now, 1, -1))
                .withMessageContaining("ppm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DelayEstimator.withinMetres(-1))
                .withMessageContaining("-1.0 m");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DelayEstimator.withinMetres(1).withMaxOffsetHz(Double.NaN));
    }
}
