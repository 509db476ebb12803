package io.heimdall.pipeline.likeness;

import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.features.spectrum.NoiseShaper;
import io.heimdall.pipeline.world.DrawnSession;
import io.heimdall.pipeline.world.FittedWorld;
import io.heimdall.pipeline.world.MeanPowers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes recordings of drawn sessions: noise with the spectrum and the course of a recorded signal, in white noise. Thread-safe.
 *
 * <p>Where the world knows levels alone, the signal is the {@linkplain #usual usual} one. Its level is then that of signal and
 * noise together, and the noise is 10 dB below the least level that the station hears.
 */
final class LikeSignal {
    private static final double BELOW_THRESHOLD_DB = 10;

    /** Of the bands, those that the usual signal fills. */
    private static final double USUAL_SHARE = 0.5;

    private final Likeness likeness;
    private final NoiseShaper shaper;

    LikeSignal(Likeness likeness) {
        this.likeness = likeness;
        this.shaper = NoiseShaper.of(FeatureParameters.network());
    }

    /**
     * Makes the recording of a station.
     *
     * @param index of the station in the session's set
     * @param station its number in the world
     * @param signalSeed of the signal, the same for all stations of the session
     * @param noise of the receiver
     * @return pairs I, Q, full scale 1
     */
    float[] of(DrawnSession drawn, int index, int station, long signalSeed, SplittableRandom noise) {
        FittedWorld world = likeness.fitted().world();
        Recorder recorder = likeness.recorders().get(station);
        double full = power(-recorder.calibrationDb());
        double level = power(drawn.levels()[index]) * full;
        double floor = world.noise()[station] * full;
        MeanPowers shape = drawn.shape().orElseGet(LikeSignal::usual);
        float[] iq = shaper.noise(
                Arrays.stream(shape.bands()).map(band -> band * level).toArray(),
                shape.frames(),
                recorder.samples(),
                new SplittableRandom(signalSeed));
        if (Double.isNaN(floor)) {
            double alone = power(world.law().thresholds()[station] - BELOW_THRESHOLD_DB) * full;
            scale(iq, Math.sqrt((level - alone) / meanPower(iq)));
            add(iq, alone, noise);
        } else {
            add(iq, floor / shaper.whitePower(), noise);
        }
        return iq;
    }

    private static void scale(float[] iq, double factor) {
        for (int n = 0; n < iq.length; n++) {
            iq[n] *= (float) factor;
        }
    }

    private static void add(float[] iq, double power, SplittableRandom random) {
        double deviation = Math.sqrt(power / 2);
        for (int n = 0; n < iq.length; n++) {
            iq[n] += (float) (deviation * random.nextGaussian());
        }
    }

    /** Returns the mean of |x|^2 over all pairs. */
    static double meanPower(float[] iq) {
        double sum = 0;
        for (float value : iq) {
            sum += (double) value * value;
        }
        return sum / (iq.length / 2);
    }

    /** Returns the usual signal: even over the middle half of the bands, some 2 kHz around 0 Hz at 12.5 kHz, of constant power. */
    static MeanPowers usual() {
        FeatureParameters features = FeatureParameters.network();
        double[] bands = new double[features.mels()];
        int first = (int) (bands.length * (1 - USUAL_SHARE) / 2);
        Arrays.fill(bands, first, bands.length - first, 1 / USUAL_SHARE);
        double[] frames = new double[features.frames()];
        Arrays.fill(frames, 1);
        return new MeanPowers(bands, frames);
    }

    private static double power(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}
