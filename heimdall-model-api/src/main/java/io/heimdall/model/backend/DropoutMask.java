package io.heimdall.model.backend;

/**
 * The factors of dropout in one training step. They are the same in every engine, so that two engines train alike.
 *
 * <p>With dropout probability {@code p}, element {@code i} of the input in the order of its shape and {@code u(i)} in
 * [0, 1) made of the first 24 bits of SplitMix64's output {@code i} from a seed of its step and layer:
 *
 * <pre>{@code
 * factor(i) = u(i) < p ? 0 : 1 / (1 - p)
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast splittable pseudorandom number
 *     generators, 2014</a>
 */
public final class DropoutMask {
    private static final double UNIT = 0x1p-24;

    private DropoutMask() {}

    /**
     * Returns the factors of one layer in one step.
     *
     * @param stepSeed from {@link SessionOptions#stepSeed}
     * @param layer number of the dropout layer in the order in which the network's description is visited, from 0;
     *     layers of probability 0 count
     * @param length elements of the layer's input
     * @param probability of 0, in [0, 1)
     */
    public static double[] factors(long stepSeed, int layer, int length, double probability) {
        long seed = SplitMix64.output(stepSeed, layer);
        double kept = 1 / (1 - probability);
        double[] factors = new double[length];
        for (int i = 0; i < length; i++) {
            double u = (SplitMix64.output(seed, i) >>> 40) * UNIT;
            factors[i] = u < probability ? 0 : kept;
        }
        return factors;
    }
}
