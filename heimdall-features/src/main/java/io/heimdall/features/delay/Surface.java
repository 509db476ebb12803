package io.heimdall.features.delay;

import java.util.Arrays;

/**
 * The cross-ambiguity around an alignment: correlations of segments for each lag, transformed over the segments.
 *
 * <p>Lag {@code l} is {@code l} samples of the first recording. One thread at a time.
 */
final class Surface implements PairSpectra.Visitor {
    private static final int SAMPLED = 1 << 14;
    private static final double MEDIAN_OF_MEAN = Math.log(2);

    private final GroupFft fft;
    private final GroupFft overTime;
    private final int lags;
    private final double lineHz;
    private final float[] weights;
    private final double[] ramp;
    private final float[] weightedRamp;
    private final float[] product;
    private final float[][] correlations;
    private double rampShift = Double.NaN;
    private int slot;

    /**
     * The highest point.
     *
     * @param lag samples, interpolated
     * @param offsetHz the frequency offset from that of the alignment
     * @param overNoise its power over the mean power of noise
     */
    record Peak(double lag, double offsetHz, double overNoise) {}

    /**
     * Prepares a surface.
     *
     * @param lags the largest lag of either sign, at most a quarter of a segment
     * @param slots room for so many segments
     * @param weights of each line, by position
     */
    Surface(GroupFft fft, double lineHz, int lags, int slots, float[] weights) {
        this.fft = fft;
        this.lineHz = lineHz;
        this.lags = lags;
        this.weights = weights;
        overTime = new GroupFft(Math.max(8, Integer.highestOneBit(Math.max(1, 2 * slots - 1)) * 2), fft.kernels());
        ramp = new double[2 * fft.size()];
        weightedRamp = new float[2 * fft.size()];
        product = fft.newGroup();
        correlations = new float[(2 * lags + GroupFft.SEGMENTS) / GroupFft.SEGMENTS][];
        for (int i = 0; i < correlations.length; i++) {
            correlations[i] = overTime.newGroup();
        }
    }

    @Override
    public void visit(PairSpectra group) {
        turn(group.shift());
        multiply(group);
        fft.forward(product, group.segments());
        int lanes = fft.lanes();
        int mask = fft.size() - 1;
        for (int s = 0; s < group.segments(); s++) {
            int from = fft.batch(s / lanes) + s % lanes;
            for (int l = 0; l <= 2 * lags; l++) {
                int at = from + 2 * fft.place()[l - lags & mask] * lanes;
                int to = at(l) + 2 * slot * lanes;
                float[] row = correlations[l / GroupFft.SEGMENTS];
                row[to] = product[at];
                row[to + lanes] = product[at + lanes];
            }
            slot++;
        }
    }

    /** Returns where the values of a lag begin in its group. */
    private int at(int lag) {
        int lane = lag % GroupFft.SEGMENTS;
        return overTime.batch(lane / fft.lanes()) + lane % fft.lanes();
    }

    private void turn(double shift) {
        if (shift == rampShift) {
            return;
        }
        rampShift = shift;
        CrossSpectrum.fill(ramp, fft, lineHz * shift);
        for (int i = 0; i < ramp.length; i++) {
            weightedRamp[i] = (float) (ramp[i] * weights[i / 2]);
        }
    }

    /** Computes the conjugate weighted product in the order of the lines, so that the transform leads to lags. */
    private void multiply(PairSpectra group) {
        int lanes = fft.lanes();
        float[] a = group.ofA();
        float[] b = group.ofB();
        float[] phases = group.phases();
        int[] place = fft.place();
        for (int s = 0; s < group.segments(); s += lanes) {
            int batch = fft.batch(s / lanes);
            for (int k = 0; k < place.length; k++) {
                float wRe = weightedRamp[2 * place[k]];
                float wIm = weightedRamp[2 * place[k] + 1];
                int from = batch + 2 * place[k] * lanes;
                int to = batch + 2 * k * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    float aRe = a[from + lane];
                    float aIm = a[from + lanes + lane];
                    float bRe = b[from + lane];
                    float bIm = b[from + lanes + lane];
                    float c = phases[s + lane];
                    float d = phases[GroupFft.SEGMENTS + s + lane];
                    float x = aRe * bRe + aIm * bIm;
                    float y = aIm * bRe - aRe * bIm;
                    float u = x * c - y * d;
                    float v = x * d + y * c;
                    product[to + lane] = u * wRe - v * wIm;
                    product[to + lanes + lane] = -(u * wIm + v * wRe);
                }
            }
        }
    }

    /**
     * Returns the highest point.
     *
     * @param offsetHz the largest offset of either sign
     */
    Peak peak(double offsetHz) {
        int size = overTime.size();
        // Segments follow each other at half their length.
        double binHz = 2 * lineHz / size;
        int bins = Math.min(size / 4, (int) Math.ceil(offsetHz / binHz) + 1);
        float[] sample = new float[SAMPLED];
        long all = (2L * lags + 1) * size;
        long step = Math.max(1, all / SAMPLED) | 1;
        int taken = 0;
        float[] best = new float[2 * lags + 1];
        int[] bestBin = new int[2 * lags + 1];
        for (int i = 0; i < correlations.length; i++) {
            overTime.forward(correlations[i], GroupFft.SEGMENTS);
        }
        for (long cell = 0; cell < all && taken < SAMPLED; cell += step) {
            sample[taken++] = power((int) (cell / size), (int) (cell % size));
        }
        for (int l = 0; l <= 2 * lags; l++) {
            for (int bin = -bins; bin <= bins; bin++) {
                float power = power(l, overTime.place()[bin & size - 1]);
                if (power > best[l]) {
                    best[l] = power;
                    bestBin[l] = bin;
                }
            }
        }
        Arrays.sort(sample, 0, taken);
        double noise = sample[taken / 2] / MEDIAN_OF_MEAN;
        int at = 0;
        for (int l = 1; l <= 2 * lags; l++) {
            at = best[l] > best[at] ? l : at;
        }
        int bin = bestBin[at];
        double lag = at - lags;
        if (at > 0 && at < 2 * lags) {
            lag += vertex(amplitude(at - 1, bin), amplitude(at, bin), amplitude(at + 1, bin));
        }
        // The transform was of conjugates.
        double offset = -bin - vertex(amplitude(at, bin - 1), amplitude(at, bin), amplitude(at, bin + 1));
        return new Peak(lag, offset * binHz, noise > 0 ? best[at] / noise : 0);
    }

    /** Returns where the parabola through three points at -1, 0 and 1 is highest. */
    private static double vertex(double left, double middle, double right) {
        double bend = left - 2 * middle + right;
        return bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
    }

    private double amplitude(int lag, int bin) {
        return Math.sqrt(power(lag, overTime.place()[bin & overTime.size() - 1]));
    }

    private float power(int lag, int position) {
        float[] row = correlations[lag / GroupFft.SEGMENTS];
        int at = at(lag) + 2 * position * overTime.lanes();
        float re = row[at];
        float im = row[at + overTime.lanes()];
        return re * re + im * im;
    }

    /** Returns how many points are looked at. */
    double points(double offsetHz) {
        return (2.0 * lags + 1)
                * (2 * Math.min(overTime.size() / 4.0, Math.ceil(offsetHz * overTime.size() / lineHz / 2)) + 1);
    }
}
