package io.heimdall.features.delay;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The carriers in two spectra: lines that stand alone. They tell no time, and one receiver's own are not the other's.
 *
 * @param ofA which lines are of a carrier in the first recording
 * @param ofB which are in the second
 * @param zero which may be of a receiver's own carrier at 0 Hz
 */
record Carriers(boolean[] ofA, boolean[] ofB, boolean[] zero) {
    /** A carrier is so much stronger than the lines around it. */
    private static final double STRONGER = 4;

    /** So many lines off, a carrier has fallen to this share; a wider signal has not. */
    private static final int OFF = 3;

    private static final double FALLEN = 0.03;
    private static final int BLOCK = 32;
    private static final int LONGEST_REACH = 64;

    static Carriers of(CrossSpectrum spectrum, Lines lines) {
        return new Carriers(
                of(lines.of(spectrum.powerA()), spectrum.segments()),
                of(lines.of(spectrum.powerB()), spectrum.segments()),
                lines.zero());
    }

    /** Returns whether a line may tell of a delay. */
    boolean absent(int line) {
        return !ofA[line] && !ofB[line] && !zero[line];
    }

    /** Returns whether there is any. */
    boolean any() {
        for (int i = 0; i < ofA.length; i++) {
            if (ofA[i] || ofB[i]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the frequency of a carrier that both have, in the first recording. */
    OptionalDouble shared(Lines lines) {
        for (int i = 0; i < ofA.length; i++) {
            if (ofA[i] && ofB[i]) {
                int end = i;
                while (end < ofA.length && ofA[end] && ofB[end]) {
                    end++;
                }
                return OptionalDouble.of((lines.hertz()[i] + lines.hertz()[end - 1]) / 2);
            }
        }
        return OptionalDouble.empty();
    }

    /**
     * Finds the carriers of one spectrum.
     *
     * @param power of each line, summed
     * @param segments over how many segments
     */
    static boolean[] of(double[] power, long segments) {
        double[] around = around(power);
        double threshold = Math.max(STRONGER, 1 + 8 / Math.sqrt(segments));
        boolean[] carriers = new boolean[power.length];
        for (int i = 0; i < power.length; i++) {
            double floor = around[i];
            boolean peak = power[i] > threshold * floor
                    && power[i] >= at(power, i - 1)
                    && power[i] >= at(power, i + 1)
                    && Math.max(at(power, i - OFF), at(power, i + OFF)) < FALLEN * power[i] + 3 * floor;
            if (peak) {
                int reach = reach(power[i] / floor);
                Arrays.fill(carriers, Math.max(0, i - reach), Math.min(power.length, i + reach + 1), true);
            }
        }
        return carriers;
    }

    private static double at(double[] power, int i) {
        return i < 0 || i >= power.length ? 0 : power[i];
    }

    /** Returns how many lines off the window still leaks a carrier of this strength: its power falls with the sixth power. */
    private static int reach(double strength) {
        return (int) Math.min(LONGEST_REACH, Math.ceil(2 + 0.8 * Math.pow(strength, 1 / 6.0)));
    }

    /** Returns the median power around each line, the largest of three blocks: at a signal's edge, the signal's. */
    private static double[] around(double[] power) {
        int blocks = Math.max(1, power.length / BLOCK);
        double[] medians = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            double[] block = Arrays.copyOfRange(
                    power, (int) ((long) b * power.length / blocks), (int) ((b + 1L) * power.length / blocks));
            Arrays.sort(block);
            medians[b] = block.length == 0 ? 0 : block[block.length / 2];
        }
        double[] around = new double[power.length];
        for (int i = 0; i < power.length; i++) {
            int b = (int) ((long) i * blocks / power.length);
            around[i] =
                    Math.max(medians[b], Math.max(medians[Math.max(0, b - 1)], medians[Math.min(blocks - 1, b + 1)]));
        }
        return around;
    }
}
