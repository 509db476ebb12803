package io.heimdall.model.metrics;

import java.util.Arrays;

/**
 * What a localiser got wrong, and how wrong it said it would be; one element per session, all in metres.
 *
 * <p>The arrays are not copied and not to be written to.
 *
 * @param east predicted minus true
 * @param north predicted minus true
 * @param sigmaEast one standard deviation, above 0
 * @param sigmaNorth one standard deviation, above 0
 */
public record LocalisationErrors(double[] east, double[] north, double[] sigmaEast, double[] sigmaNorth) {

    /**
     * Checks lengths and values.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public LocalisationErrors {
        int n = east.length;
        if (north.length != n || sigmaEast.length != n || sigmaNorth.length != n) {
            throw new IllegalArgumentException("errors of " + n + " and " + north.length + ", sigmas of "
                    + sigmaEast.length + " and " + sigmaNorth.length + " sessions");
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(east[i]) || !Double.isFinite(north[i])) {
                throw new IllegalArgumentException("error " + i + " is not finite: " + east[i] + ", " + north[i]);
            }
            if (!(sigmaEast[i] > 0 && sigmaNorth[i] > 0)
                    || !Double.isFinite(sigmaEast[i])
                    || !Double.isFinite(sigmaNorth[i])) {
                throw new IllegalArgumentException(
                        "sigma " + i + " is not finite and above 0: " + sigmaEast[i] + ", " + sigmaNorth[i]);
            }
        }
    }

    /** Returns the number of sessions. */
    public int size() {
        return east.length;
    }

    /** Returns each session's distance between predicted and true position, metres. */
    public double[] distances() {
        double[] distances = new double[size()];
        Arrays.setAll(distances, i -> Math.hypot(east[i], north[i]));
        return distances;
    }

    /** Returns each session's distance with each axis in units of its sigma. */
    public double[] radii() {
        double[] radii = new double[size()];
        Arrays.setAll(radii, i -> Math.hypot(east[i] / sigmaEast[i], north[i] / sigmaNorth[i]));
        return radii;
    }

    /**
     * Returns the part of sessions whose truth lies in the region of a probability.
     *
     * @param probability from 0 to below 1
     */
    public double coverage(double probability) {
        double radius = radius(probability);
        return Arrays.stream(radii()).filter(r -> r <= radius).count() / (double) size();
    }

    /**
     * Returns the radius, in sigmas, of the circle that holds this much of a two-dimensional Gaussian:
     * {@code sqrt(-2 ln(1 - probability))}.
     */
    public static double radius(double probability) {
        return Math.sqrt(-2 * Math.log1p(-probability));
    }

    /** Returns the same errors with every sigma multiplied by a factor. */
    public LocalisationErrors scaled(double factor) {
        return new LocalisationErrors(
                east,
                north,
                Arrays.stream(sigmaEast).map(s -> s * factor).toArray(),
                Arrays.stream(sigmaNorth).map(s -> s * factor).toArray());
    }
}
