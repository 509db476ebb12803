package io.heimdall.features.quality;

import io.heimdall.features.recording.RecordingInfo;

/** Adds up samples. Confined to one thread. */
final class SampleStatistics {
    private final boolean complex;
    private final float top;
    private long samples;
    private long clipped;
    private long invalid;
    private double powerI;
    private double powerQ;
    private double product;
    private double squaredPower;
    private double cubedPower;
    private double sumI;
    private double sumQ;
    private float leastI = Float.POSITIVE_INFINITY;
    private float mostI = Float.NEGATIVE_INFINITY;
    private float leastQ = Float.POSITIVE_INFINITY;
    private float mostQ = Float.NEGATIVE_INFINITY;
    private float lastI = Float.NaN;
    private float lastQ = Float.NaN;
    private long runStart;
    private ConstantRun longestRun = ConstantRun.NONE;

    /**
     * Successive samples that are all the same.
     *
     * @param first where they begin
     * @param samples how many they are
     */
    record ConstantRun(long first, long samples, float i, float q) {
        private static final ConstantRun NONE = new ConstantRun(0, 0, 0, 0);
    }

    SampleStatistics(RecordingInfo info) {
        complex = info.complex();
        // Of b bits the largest number is 1 - 2^(1-b), or 1 where the zero stands between two codes.
        top = info.bits().isPresent()
                ? 1 - Math.scalb(1f, 1 - Math.min(24, info.bits().getAsInt()))
                : 1;
    }

    /**
     * Sets numbers that are none to 0, and counts the samples from one on.
     *
     * @param values I, Q, I, Q, ... or real values
     * @param from the first sample that has not been counted before
     * @param to behind the last
     */
    void cleanAndCount(float[] values, int from, int to) {
        for (int n = 0; n < to; n++) {
            float i = values[complex ? 2 * n : n];
            float q = complex ? values[2 * n + 1] : 0;
            boolean valid = Float.isFinite(i) && Float.isFinite(q);
            if (!valid) {
                i = 0;
                q = 0;
                values[complex ? 2 * n : n] = 0;
                if (complex) {
                    values[2 * n + 1] = 0;
                }
            }
            if (n >= from) {
                count(i, q, valid);
            }
        }
    }

    private void count(float i, float q, boolean valid) {
        invalid += valid ? 0 : 1;
        // Software that clips at +-32767 never writes -32768.
        clipped += i <= -top || i >= top || q <= -top || q >= top ? 1 : 0;
        double ii = (double) i * i;
        double qq = (double) q * q;
        powerI += ii;
        powerQ += qq;
        double power = ii + qq;
        squaredPower += power * power;
        cubedPower += power * power * power;
        product += (double) i * q;
        sumI += i;
        sumQ += q;
        // Comparisons cost a fifth of Math.min and Math.max, and no value is NaN.
        leastI = i < leastI ? i : leastI;
        mostI = i > mostI ? i : mostI;
        leastQ = q < leastQ ? q : leastQ;
        mostQ = q > mostQ ? q : mostQ;
        if (i != lastI || q != lastQ) {
            endRun();
            lastI = i;
            lastQ = q;
        }
        samples++;
    }

    private void endRun() {
        if (samples - runStart > longestRun.samples()) {
            longestRun = new ConstantRun(runStart, samples - runStart, lastI, lastQ);
        }
        runStart = samples;
    }

    boolean complex() {
        return complex;
    }

    long samples() {
        return samples;
    }

    long invalid() {
        return invalid;
    }

    double levelDbfs() {
        return Decibels.of(mean(powerI + powerQ));
    }

    double peakDbfs() {
        return Decibels.of((double) peak() * peak());
    }

    /** Returns the largest magnitude of I or Q. */
    float peak() {
        return samples == 0 ? 0 : Math.max(Math.max(-leastI, mostI), Math.max(-leastQ, mostQ));
    }

    /** Returns the largest less the smallest value of I, or of Q where that is more. */
    float span() {
        return samples == 0 ? 0 : Math.max(mostI - leastI, mostQ - leastQ);
    }

    double clippedShare() {
        return samples == 0 ? 0 : (double) clipped / samples;
    }

    double dcDbfs() {
        return Decibels.of(meanI() * meanI() + meanQ() * meanQ());
    }

    double meanI() {
        return mean(sumI);
    }

    double meanQ() {
        return mean(sumQ);
    }

    double varianceI() {
        return mean(powerI) - meanI() * meanI();
    }

    double varianceQ() {
        return mean(powerQ) - meanQ() * meanQ();
    }

    double covariance() {
        return mean(product) - meanI() * meanQ();
    }

    /** Returns the variance of the samples' power by the square of its mean. */
    double powerVariance() {
        double power = mean(powerI + powerQ);
        return power > 0 ? Math.max(0, mean(squaredPower) / power / power - 1) : 0;
    }

    /** Returns the third central moment of the samples' power by the cube of its mean. */
    double powerThirdMoment() {
        double power = mean(powerI + powerQ);
        return power > 0 ? mean(cubedPower) / power / power / power - 1 - 3 * powerVariance() : 0;
    }

    /** Returns the longest stretch of samples that are all the same. */
    ConstantRun longestRun() {
        endRun();
        return longestRun;
    }

    private double mean(double sum) {
        return samples == 0 ? 0 : sum / samples;
    }
}
