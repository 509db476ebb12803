package io.heimdall.model.output;

/**
 * The smallest region of the plane that holds a given probability: all places at least as dense as its edge. A mixture's region
 * may have several parts.
 *
 * @param level the probability inside, above 0 and below 1
 * @param edgeLogDensity natural logarithm of the density along the edge
 * @param area of all parts together, in squared units of the plane
 */
public record HighestDensityRegion(double level, double edgeLogDensity, double area) {

    /** Checks the level. */
    public HighestDensityRegion {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + " is not above 0 and below 1");
        }
    }

    /** Returns whether places of a log density are inside or on the edge. */
    public boolean contains(double logDensity) {
        return logDensity >= edgeLogDensity;
    }
}
