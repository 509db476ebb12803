package io.heimdall.features.delay;

/**
 * The cross-ambiguity over the delay, at the frequency offset of its peak: 1 at the peak, less elsewhere. Immutable.
 *
 * <p>Between its points it is interpolated by cubics; the peak is one of them.
 */
public final class DelayCurve {
    private final double firstSeconds;
    private final double stepSeconds;
    private final float[] heights;

    DelayCurve(double firstSeconds, double stepSeconds, float[] heights) {
        this.firstSeconds = firstSeconds;
        this.stepSeconds = stepSeconds;
        this.heights = heights;
    }

    /** Returns the number of points. */
    public int points() {
        return heights.length;
    }

    /** Returns the distance of points, seconds: a quarter of a sample or less. */
    public double stepSeconds() {
        return stepSeconds;
    }

    /**
     * Returns the delay of a point, seconds.
     *
     * @param point 0..{@link #points()} - 1
     */
    public double delaySeconds(int point) {
        return firstSeconds + point * stepSeconds;
    }

    /**
     * Returns the height of a point, 0..1.
     *
     * @param point 0..{@link #points()} - 1
     */
    public double height(int point) {
        return heights[point];
    }

    /**
     * Returns the height at a delay; beyond the ends, that of the end.
     *
     * @param delaySeconds any
     */
    public double heightAt(double delaySeconds) {
        double at = Math.max(0, Math.min(heights.length - 1, (delaySeconds - firstSeconds) / stepSeconds));
        int i = (int) Math.rint(at);
        double u = at - i;
        if (u < 0) {
            i--;
            u++;
        }
        double p = heights[Math.max(0, i - 1)];
        double q = heights[i];
        double r = heights[Math.min(heights.length - 1, i + 1)];
        double s = heights[Math.min(heights.length - 1, i + 2)];
        return q + u / 2 * (r - p + u * (2 * p - 5 * q + 4 * r - s + u * (3 * (q - r) + s - p)));
    }

    /** Returns the height of the highest other peak, 0 where there is none: beyond the dips on both sides of the highest. */
    double secondPeak() {
        int peak = 0;
        for (int i = 1; i < heights.length; i++) {
            peak = heights[i] > heights[peak] ? i : peak;
        }
        int left = peak;
        while (left > 0 && heights[left - 1] <= heights[left]) {
            left--;
        }
        int right = peak;
        while (right < heights.length - 1 && heights[right + 1] <= heights[right]) {
            right++;
        }
        float second = 0;
        for (int i = 0; i < left; i++) {
            second = Math.max(second, heights[i]);
        }
        for (int i = right + 1; i < heights.length; i++) {
            second = Math.max(second, heights[i]);
        }
        return second;
    }

    double lowest() {
        float lowest = 1;
        for (float height : heights) {
            lowest = Math.min(lowest, height);
        }
        return lowest;
    }
}
