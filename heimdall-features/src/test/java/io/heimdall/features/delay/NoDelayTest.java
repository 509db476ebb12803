package io.heimdall.features.delay;

import static io.heimdall.features.delay.Listeners.PAD;
import static io.heimdall.features.delay.Listeners.RATE;
import static io.heimdall.features.delay.Listeners.SAMPLES;
import static io.heimdall.features.delay.Transmission.START;
import static io.heimdall.features.delay.Transmission.delayed;
import static io.heimdall.features.delay.Transmission.described;
import static io.heimdall.features.delay.Transmission.noise;
import static io.heimdall.features.delay.Transmission.received;
import static io.heimdall.features.delay.Transmission.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings that have no delay, and why. */
class NoDelayTest {
    private final Listeners listeners = new Listeners();
    private final Random random = listeners.random;
    private final double[] signal = listeners.signal;

    private static NoDelay refused(TimedRecording a, TimedRecording b) throws IOException {
        Delay delay = Listeners.compared(a, b);
        assertThat(delay).isInstanceOf(NoDelay.class);
        return (NoDelay) delay;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1300.3, -77.7})
    void aCarrierAloneHasNoDelay(double hertz) throws IOException {
        double[] carrier = Transmission.Kind.CARRIER.signal(random, SAMPLES + 2 * PAD, RATE);
        float[] a = received(carrier, PAD, SAMPLES, 30, hertz / RATE, random);
        float[] b = received(carrier, PAD, SAMPLES, 30, hertz / RATE, random);
        NoDelay refused = refused(timed(a, RATE), timed(b, RATE));
        assertThat(refused.reason()).isEqualTo(NoDelay.Reason.CARRIER_ALONE);
        assertThat(refused.detail()).contains("carrier").contains("Hz");
    }

    @Test
    void twoCarriersHaveNoDelayEither() throws IOException {
        double[] two = new double[2 * (SAMPLES + 2 * PAD)];
        for (int i = 0; i < two.length / 2; i++) {
            two[2 * i] = Math.cos(0.3 * i) + Math.cos(-0.5 * i);
            two[2 * i + 1] = Math.sin(0.3 * i) + Math.sin(-0.5 * i);
        }
        float[] a = received(delayed(two, f -> 1, 4), PAD, SAMPLES, 20, 0, random);
        float[] b = received(two, PAD, SAMPLES, 20, 0, random);
        assertThat(refused(timed(a, RATE), timed(b, RATE)).reason()).isEqualTo(NoDelay.Reason.CARRIER_ALONE);
    }

    @Test
    void aSignalThatRepeatsItselfWithinTheRangeIsAmbiguous() throws IOException {
        double[] once = noise(random, 16);
        double[] repeated = new double[2 * (SAMPLES + 2 * PAD)];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = once[i % once.length] * (1 + 0.001 * random.nextGaussian());
        }
        float[] a = received(delayed(repeated, f -> 1, 4), PAD, SAMPLES, 10, 0, random);
        float[] b = received(repeated, PAD, SAMPLES, 10, 0, random);
        assertThat(refused(timed(a, RATE), timed(b, RATE)).reason())
                .isIn(NoDelay.Reason.AMBIGUOUS, NoDelay.Reason.CARRIER_ALONE);
    }

    @Test
    void noiseHasNoDelay() throws IOException {
        for (int i = 0; i < 20; i++) {
            NoDelay refused = refused(timed(listeners.heard(0, -60), RATE), timed(listeners.heard(0, -60), RATE));
            assertThat(refused.reason()).isEqualTo(NoDelay.Reason.NO_COHERENCE);
            assertThat(refused.detail()).contains("ms").contains("Hz");
        }
    }

    @Test
    void silenceHasNoDelay() throws IOException {
        assertThat(refused(timed(new float[2 * SAMPLES], RATE), timed(listeners.heard(0, 10), RATE))
                        .reason())
                .isEqualTo(NoDelay.Reason.NO_COHERENCE);
    }

    @Test
    void recordingsOfDifferentTimesShareNone() throws IOException {
        TimedRecording later = timed(Recordings.of(listeners.heard(0, 10), true, RATE), START.plusSeconds(3600));
        NoDelay refused = refused(timed(listeners.heard(0, 10), RATE), later);
        assertThat(refused.reason()).isEqualTo(NoDelay.Reason.NO_COMMON_TIME);
        assertThat(refused.detail()).contains("2026-05-04T03:02:01Z").contains("2026-05-04T04:02:01Z");
    }

    @Test
    void aMomentIsNotEnough() throws IOException {
        TimedRecording later =
                timed(Recordings.of(listeners.heard(0, 10), true, RATE), START.plusNanos(3_990_000_000L));
        NoDelay refused = refused(timed(listeners.heard(0, 10), RATE), later);
        assertThat(refused.reason()).isEqualTo(NoDelay.Reason.NO_COMMON_TIME);
        assertThat(refused.detail()).contains("0.00").contains("needed");
    }

    @Test
    void recordingsOfDifferentFrequenciesShareNone() throws IOException {
        Recording a = described(listeners.heard(0, 10), true, RATE, OptionalDouble.of(77_500), List.of());
        Recording b = described(listeners.heard(0, 10), true, RATE, OptionalDouble.of(198_000), List.of());
        NoDelay refused = refused(timed(a, START), timed(b, START));
        assertThat(refused.reason()).isEqualTo(NoDelay.Reason.NO_COMMON_BAND);
        assertThat(refused.detail()).contains("71500 to 83500 Hz").contains("192000 to 204000 Hz");
    }
}
