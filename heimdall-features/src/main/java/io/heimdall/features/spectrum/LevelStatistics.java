package io.heimdall.features.spectrum;

import java.util.Arrays;

/**
 * Six statistics of a recording's level, computed from its mel spectrogram, for networks that read levels.
 *
 * <p>With powers {@code p = 10^(dB/10)}, {@code band} their mean over the frames and {@code frame} their mean over the bands, all
 * in decibels:
 * <pre>{@code
 * total = mean of p         floor = 17th smallest of 128 bands    median = 65th smallest of 128 bands
 * peak  = largest band      mean  = mean over bands of dB(band)   burst  = largest frame
 * }</pre>
 *
 * <p>With another number of bands the ranks have the same share. Thread-safe.
 */
public final class LevelStatistics {
    /** How many numbers there are. */
    public static final int COUNT = 6;

    private static final int BANDS_OF_DEFINITION = 128;
    private static final int FLOOR_RANK = 16;
    private static final int MEDIAN_RANK = 64;

    private LevelStatistics() {}

    /** Returns which of the bands, the smallest being 0, is the floor. */
    public static int floorRank(int mels) {
        return mels * FLOOR_RANK / BANDS_OF_DEFINITION;
    }

    /** Returns which of the bands, the smallest being 0, is the median. */
    public static int medianRank(int mels) {
        return mels * MEDIAN_RANK / BANDS_OF_DEFINITION;
    }

    /**
     * Computes the statistics.
     *
     * @param decibels row-major (mels, frames), finite
     * @return total, floor, median, peak, mean and burst, decibels
     * @throws IllegalArgumentException if {@code decibels} has not that length
     */
    public static float[] of(float[] decibels, int mels, int frames) {
        if (mels < 1 || frames < 1 || decibels.length != mels * frames) {
            throw new IllegalArgumentException(
                    decibels.length + " values are no spectrogram of " + mels + " bands and " + frames + " frames");
        }
        double[] bands = new double[mels];
        double[] powers = new double[frames];
        for (int band = 0; band < mels; band++) {
            for (int frame = 0; frame < frames; frame++) {
                double power = Math.exp(decibels[band * frames + frame] * (Math.log(10) / 10));
                bands[band] += power / frames;
                powers[frame] += power / mels;
            }
        }
        return of(bands, powers);
    }

    /**
     * Computes the statistics of mean powers.
     *
     * @param bands mean power of each band, above 0; sorted by this call
     * @param frames mean power of each frame, above 0
     */
    public static float[] of(double[] bands, double[] frames) {
        double total = 0;
        double mean = 0;
        for (double band : bands) {
            total += band / bands.length;
            mean += decibels(band) / bands.length;
        }
        Arrays.sort(bands);
        return new float[] {
            (float) decibels(total),
            (float) decibels(bands[floorRank(bands.length)]),
            (float) decibels(bands[medianRank(bands.length)]),
            (float) decibels(bands[bands.length - 1]),
            (float) mean,
            (float) decibels(Arrays.stream(frames).max().orElseThrow())
        };
    }

    private static double decibels(double power) {
        return 10 * Math.log10(power);
    }
}
