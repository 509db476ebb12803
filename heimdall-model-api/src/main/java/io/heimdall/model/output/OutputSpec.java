package io.heimdall.model.output;

/**
 * The meaning of the numbers of a network's last layer: the distribution over the plane that one row of them stands
 * for.
 *
 * <p>Lengths are in the network's own unit of the plane. Implementations are immutable and have no state.
 */
public sealed interface OutputSpec permits IndependentNormalOutput, NormalOutput, NormalMixtureOutput {

    /** Returns how many numbers a row has. */
    int width();

    /**
     * Returns the distribution that a row of numbers stands for.
     *
     * @param numbers holds the row at {@code offset}; read only
     * @param offset index of the row's first number
     * @throws IllegalArgumentException if the numbers are no distribution, such as one that is not a number
     * @throws IndexOutOfBoundsException if the row does not fit into {@code numbers}
     */
    GaussianDistribution distribution(double[] numbers, int offset);

    /**
     * Computes the negative log-likelihood of a place, {@code -log p(east, north)}, with its constant {@code log 2 pi}, and its
     * derivatives. Allocates nothing.
     *
     * <p>Value and derivatives are right to about 1e-12 for all numbers up to 1e100, such as logits of 1e5 or raw values where
     * softplus and tanh no longer move. A number that is not a number makes the value and some derivatives NaN.
     *
     * @param numbers holds the row at {@code offset}; read only
     * @param offset index of the row's first number, in {@code numbers} and in {@code gradient}
     * @param east the true place
     * @param north the true place
     * @param gradient the row at {@code offset} is overwritten with the derivatives by its numbers; another array than
     *     {@code numbers}
     * @return nats, of a density in one over squared units of the plane
     * @throws IndexOutOfBoundsException if the row does not fit into one of the arrays
     */
    double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient);

    /** Returns the text that {@link #parse} reads: {@code independent-normal}, {@code normal}, {@code normal-mixture 8}. */
    String text();

    /**
     * Returns the output of a text, as {@link #text} writes it.
     *
     * @throws IllegalArgumentException if there is no such output
     */
    static OutputSpec parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length == 1 && words[0].equals(IndependentNormalOutput.NAME)) {
            return new IndependentNormalOutput();
        }
        if (words.length == 1 && words[0].equals(NormalOutput.NAME)) {
            return new NormalOutput();
        }
        if (words.length == 2 && words[0].equals(NormalMixtureOutput.NAME) && words[1].matches("\\d{1,9}")) {
            return new NormalMixtureOutput(Integer.parseInt(words[1]));
        }
        throw new IllegalArgumentException(
                "output \"" + text + "\" is not known: there are " + IndependentNormalOutput.NAME
                        + ", " + NormalOutput.NAME + " and " + NormalMixtureOutput.NAME + " K, with K components of 1.."
                        + NormalMixtureOutput.MOST_COMPONENTS);
    }
}
