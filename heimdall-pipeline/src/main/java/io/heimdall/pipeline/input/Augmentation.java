package io.heimdall.pipeline.input;

import java.util.SplittableRandom;

/**
 * Random changes of a training sample that keep its position. They are drawn anew each time the sample is used, and
 * never cached.
 *
 * <p>A network overfits a few hundred sessions within ten epochs. So properties that hardly depend on the position are
 * varied: the transmitter's power is unknown (one offset for all stations), shadowing and calibration make each
 * station's level uncertain (an offset for each, small beside the shadowing), and a transmission may begin at any
 * time, run backwards, or be off the tuned frequency or in the mirrored band.
 *
 * @param powerDb standard deviation of the offset of all stations, decibels
 * @param stationDb standard deviation of the offset of each station, decibels
 * @param shapes whether frames are rolled and reversed, and bands shifted and mirrored, all stations alike
 */
public record Augmentation(double powerDb, double stationDb, boolean shapes) {
    /** A receiver is off by at most this part of its bands. */
    private static final int DETUNED_SHARE = 16;

    /** Leaves samples as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, false);

    /** What a training uses unless told otherwise. */
    public static final Augmentation DEFAULT = new Augmentation(3, 2, true);

    /** Checks the deviations. */
    public Augmentation {
        if (!(powerDb >= 0 && stationDb >= 0) || Double.isInfinite(powerDb + stationDb)) {
            throw new IllegalArgumentException(
                    "deviations " + powerDb + " and " + stationDb + " dB are not finite and at least 0");
        }
    }

    /**
     * Changes a sample in place.
     *
     * @param decibels row-major (channels, mels, frames)
     * @param present one flag per channel; absent ones keep what they are filled with
     * @param seed of all draws
     */
    void apply(float[] decibels, boolean[] present, int mels, int frames, long seed) {
        if (equals(NONE)) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double power = powerDb * random.nextGaussian();
        boolean mirrored = random.nextBoolean();
        boolean backwards = random.nextBoolean();
        int roll = random.nextInt(frames);
        int shift = random.nextInt(-mels / DETUNED_SHARE, mels / DETUNED_SHARE + 1);
        float[] channel = new float[mels * frames];
        for (int c = 0; c < present.length; c++) {
            float offset = (float) (power + stationDb * random.nextGaussian());
            if (!present[c]) {
                continue;
            }
            int from = c * channel.length;
            System.arraycopy(decibels, from, channel, 0, channel.length);
            for (int m = 0; m < mels; m++) {
                int band = !shapes ? m : Math.floorMod((mirrored ? mels - 1 - m : m) + shift, mels);
                int row = band * frames;
                for (int t = 0; t < frames; t++) {
                    int column = !shapes ? t : (backwards ? frames - 1 - t : t) + roll;
                    int rolled =
                            column < frames ? column : column - frames; // a division for each value would cost more
                    decibels[from + m * frames + t] = channel[row + rolled] + offset;
                }
            }
        }
    }
}
