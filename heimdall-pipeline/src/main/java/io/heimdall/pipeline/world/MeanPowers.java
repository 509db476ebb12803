package io.heimdall.pipeline.world;

import java.util.Arrays;

/**
 * The mean powers of a recording or of its signal alone.
 *
 * @param bands of each band over all frames
 * @param frames of each frame over all bands
 */
public record MeanPowers(double[] bands, double[] frames) {
    /** The share of the bands that are taken for noise. */
    private static final double QUIET_SHARE = 3.0 / 8;

    /** The mean of all bands without signal over the mean of the quietest: 15 percent of scatter, 3/8 of the bands. */
    static final double ALL_OVER_QUIET = 1.17;

    /** Returns those of a spectrogram in decibels, row-major (bands, frames). */
    public static MeanPowers of(float[] decibels, int bandCount, int frameCount) {
        double[] bands = new double[bandCount];
        double[] frames = new double[frameCount];
        for (int band = 0; band < bandCount; band++) {
            for (int frame = 0; frame < frameCount; frame++) {
                double power = Math.pow(10, decibels[band * frameCount + frame] / 10);
                bands[band] += power / frameCount;
                frames[frame] += power / bandCount;
            }
        }
        return new MeanPowers(bands, frames);
    }

    public double total() {
        return mean(bands);
    }

    /** Returns the mean of the quietest bands: noise, unless the signal fills the whole band. */
    double quiet() {
        double[] sorted = bands.clone();
        Arrays.sort(sorted);
        return mean(Arrays.copyOf(sorted, Math.max(1, (int) (QUIET_SHARE * sorted.length))));
    }

    /** Returns the noise of this recording: that of its station, or less where it is quieter. */
    double noise(double ofStation) {
        return Math.min(ofStation, ownNoise());
    }

    /** Returns the mean power of a band without signal, as this recording alone tells it: too much where a signal fills most bands. */
    public double ownNoise() {
        return ALL_OVER_QUIET * quiet();
    }

    /** Returns what stands out of the noise, as multiples of its mean. */
    MeanPowers signal(double noise) {
        return new MeanPowers(shape(bands, noise), shape(frames, noise));
    }

    boolean isFinite() {
        return Double.isFinite(mean(bands)) && Double.isFinite(mean(frames));
    }

    private static double[] shape(double[] powers, double noise) {
        double[] signal =
                Arrays.stream(powers).map(power -> Math.max(0, power - noise)).toArray();
        double mean = mean(signal);
        return Arrays.stream(signal).map(power -> power / mean).toArray();
    }

    private static double mean(double[] powers) {
        return Arrays.stream(powers).sum() / powers.length;
    }
}
