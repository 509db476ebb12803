package io.heimdall.features.quality;

import io.heimdall.features.quality.Circle.Arc;
import java.util.Arrays;

/**
 * A stretch of a spectrum that stands out of what is beside it.
 *
 * @param arc where it is
 * @param share its power above the ground, by all of the recording
 * @param heightDb its mean level over that of the ground
 * @param ground the mean level of what it stands on
 * @param spread the mean of the spreads, weighted by power: 1 for stationary Gaussian noise
 * @param spreadError the standard deviation of that for Gaussian noise
 * @param flat whether the ground is flat on both sides, as high on one as on the other
 * @param sharp whether it rises like a wall on both sides
 * @param restless whether it comes and goes while the ground does not
 */
record Hump(
        Arc arc,
        double share,
        double heightDb,
        double ground,
        double spread,
        double spreadError,
        boolean flat,
        boolean sharp,
        boolean restless) {
    /** A hump that takes no more of the band is no receiver's passband. */
    static final double NARROW = 0.02;

    /** A hump that takes more of the band may be a receiver's passband, whatever else it looks like. */
    static final double WIDE = 1 / 3.0;

    /** Power that varies over time less than this, by the square of its mean, is no noise. */
    static final double STEADY = 0.3;

    private static final double LEVEL_DB = 2.5;
    private static final double EVEN_DB = 3.5;

    /**
     * Measures a stretch.
     *
     * @param top the levels that it consists of
     * @param level the levels beside it
     * @param low the levels that it stands on
     */
    static Hump of(Cells cells, Arc arc, double[] top, double[] level, double[] low, double total) {
        int size = cells.size();
        double above = 0;
        double sum = 0;
        double ground = 0;
        double weights = 0;
        double squares = 0;
        double spread = 0;
        for (int k = 0; k < arc.length(); k++) {
            int at = arc.at(k, size);
            above += Math.max(0, top[at] - low[at]);
            sum += top[at];
            ground += low[at] / arc.length();
            if (!cells.signal()[at]) {
                weights += top[at];
                squares += top[at] * top[at];
                spread += top[at] * cells.spread()[at];
            }
        }
        double height = 10 * Math.log10(sum / arc.length() / ground);
        double independent = squares > 0 ? Math.max(1, weights * weights / squares * cells.lines() / 1.5) : 1;
        double error = Math.sqrt(4 / (cells.frames() * independent));
        double mean = weights > 0 ? spread / weights : 1;
        Side left = Side.of(cells, arc, -1, level, ground);
        Side right = Side.of(cells, arc, 1, level, ground);
        double beside = Math.max(left.spread, right.spread);
        return new Hump(
                arc,
                above * cells.lines() / total,
                height,
                ground,
                mean,
                error,
                left.flat && right.flat,
                wall(cells, arc, 1, level, ground, height) && wall(cells, arc, -1, level, ground, height),
                mean > 1.5 + 4 * error && mean > 2 * beside);
    }

    /** Returns whether its power varies over time less than that of noise. */
    boolean isSteady() {
        return spread < Math.max(1 - Math.max(0.15, 4 * spreadError), STEADY);
    }

    /** Returns which part of the band it takes. */
    double part(Cells cells) {
        return (double) arc.length() / cells.size();
    }

    /**
     * Returns whether it stands on nothing but the rounding of the samples, as a receiver's whole passband does.
     *
     * @param rounding the power of a line of the noise that the rounding makes
     */
    boolean isOnRounding(Cells cells, double rounding) {
        return ground < 2 * rounding && part(cells) > Math.max(NARROW, 5.0 / cells.size() / cells.lines());
    }

    /** Returns whether it rises out of flat ground, in a spectrum of lines enough to tell; {@code rounding} as above. */
    boolean isOnFlatGround(Cells cells, double rounding) {
        return flat && heightDb >= 6 && !isOnRounding(cells, rounding) && cells.size() * cells.lines() >= 256;
    }

    /** Returns whether what rises out of flat ground is too narrow for a passband, or too unlike one. */
    boolean isSignal(Cells cells) {
        return part(cells) <= NARROW || (part(cells) <= WIDE && heightDb <= 32 && (sharp || restless));
    }

    /** The ground on one side. */
    private record Side(boolean flat, double spread) {

        static Side of(Cells cells, Arc arc, int direction, double[] level, double ground) {
            int size = cells.size();
            int count = Math.max(cells.least(6, 3), Math.min(arc.length(), size / 6));
            int edge = direction < 0 ? arc.first() : arc.last(size);
            double[] levels = new double[count];
            double[] spreads = new double[count];
            for (int k = 0; k < count; k++) {
                int at = Math.floorMod(edge + direction * (cells.least(3, 1) + k), size);
                levels[k] = level[at];
                spreads[k] = cells.spread()[at];
            }
            Arrays.sort(levels);
            Arrays.sort(spreads);
            double low = db(levels[(count - 1) / 10], ground);
            double middle = db(levels[(count - 1) / 2], ground);
            double high = db(levels[9 * (count - 1) / 10], ground);
            double noiseDb = 8.7 / Math.sqrt(cells.frames() * Math.max(1, cells.lines() / 1.5));
            return new Side(Math.abs(middle) < LEVEL_DB && high - low < EVEN_DB + noiseDb, spreads[(count - 1) / 2]);
        }
    }

    private static boolean wall(Cells cells, Arc arc, int inwards, double[] level, double ground, double heightDb) {
        int size = cells.size();
        int width = Math.max(Math.max(cells.least(6, 1), (int) Math.ceil(0.015 * size)), 1);
        int edge = inwards > 0 ? arc.first() : arc.last(size);
        double highest = 0;
        for (int k = -cells.least(2, 1); k < width; k++) {
            highest = Math.max(highest, level[Math.floorMod(edge + inwards * k, size)]);
        }
        return db(highest, ground) > 0.6 * heightDb;
    }

    private static double db(double level, double ground) {
        return 10 * Math.log10(level / ground);
    }
}
