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
     * Returns the likelihood of places under a row of numbers.
     *
     * <p>Values and derivatives are right to about 1e-12 for all numbers up to 1e100, such as logits of 1e5 or raw values where
     * softplus and tanh no longer move. A number that is not a number makes the value and some derivatives NaN.
     *
     * @param numbers holds the row at {@code offset}; not to be changed while the likelihood is in use
     * @param offset index of the row's first number
     * @throws IndexOutOfBoundsException if the row does not fit into {@code numbers}
     */
    RowLikelihood likelihood(double[] numbers, int offset);

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
