package io.heimdall.features.quality;

import io.heimdall.features.recording.RecordingInfo;

/** Adds up samples. Confined to one thread. */
final class SampleStatistics {
    private final boolean complex;
    private final float top;
    private long samples;
    private long clipped;
    private long invalid;
    private double power;
    private double sumI;
    private double sumQ;
    private float peak;

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
        samples++;
        invalid += valid ? 0 : 1;
        clipped += i <= -1 || i >= top || q <= -1 || q >= top ? 1 : 0;
        power += (double) i * i + (double) q * q;
        sumI += i;
        sumQ += q;
        peak = Math.max(peak, Math.max(Math.abs(i), Math.abs(q)));
    }

    long samples() {
        return samples;
    }

    long invalid() {
        return invalid;
    }

    double levelDbfs() {
        return Decibels.of(samples == 0 ? 0 : power / samples);
    }

    double peakDbfs() {
        return Decibels.of((double) peak * peak);
    }

    double clippedShare() {
        return samples == 0 ? 0 : (double) clipped / samples;
    }

    double dcDbfs() {
        return Decibels.of(samples == 0 ? 0 : (sumI * sumI + sumQ * sumQ) / samples / samples);
    }
}
