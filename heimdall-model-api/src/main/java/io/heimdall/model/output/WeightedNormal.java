package io.heimdall.model.output;

/**
 * One component of a mixture.
 *
 * @param weight its share, 0 or more; {@link NormalMixture} divides by the sum
 * @param normal its distribution
 */
public record WeightedNormal(double weight, NormalDistribution normal) {

    /** Checks the weight. */
    public WeightedNormal {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight " + weight + " is not a finite number of 0 or more");
        }
    }
}
