package io.heimdall.model.output;

import java.util.ArrayList;
import java.util.Objects;

/**
 * Six numbers for each of K components, all of any size, K of each kind together and in this order: logits, means east, means
 * north, raw sigmas east, raw sigmas north, raw correlations. The weights are the softmax of the logits; the others are as
 * {@link NormalOutput} has them:
 * <pre>{@code
 * p(east, north) = sum_k softmax(logit)_k N(east, north; mean_k, sigma_k, correlation_k)
 * }</pre>
 *
 * @param components K, 1..1024
 * @see <a href="https://publications.aston.ac.uk/id/eprint/373/">Bishop, Mixture density networks, 1994</a>
 */
public record NormalMixtureOutput(int components) implements OutputSpec {
    static final String NAME = "normal-mixture";
    static final int MOST_COMPONENTS = 1024;

    /** Checks the number of components. */
    public NormalMixtureOutput {
        if (components < 1 || components > MOST_COMPONENTS) {
            throw new IllegalArgumentException(
                    "a mixture of " + components + " components: 1.." + MOST_COMPONENTS + " are possible");
        }
    }

    @Override
    public int width() {
        return 6 * components;
    }

    /** Returns the mixture, its components in the order of the numbers. */
    @Override
    public NormalMixture distribution(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        double total = logSumExp(numbers, offset);
        var normals = new ArrayList<NormalMixture.Component>(components);
        for (int k = offset; k < offset + components; k++) {
            normals.add(new NormalMixture.Component(
                    Math.exp(numbers[k] - total), RawNormal.distribution(numbers, k + components, components)));
        }
        return new NormalMixture(normals);
    }

    @Override
    public double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        Objects.checkFromIndexSize(offset, width(), gradient.length);
        for (int k = offset; k < offset + components; k++) {
            double logDensity = RawNormal.logDensity(numbers, k + components, components, east, north, gradient);
            gradient[k] = numbers[k] + logDensity;
        }
        double joint = logSumExp(gradient, offset);
        double total = logSumExp(numbers, offset);
        for (int k = offset; k < offset + components; k++) {
            double responsibility = Math.exp(gradient[k] - joint);
            gradient[k] = Math.exp(numbers[k] - total) - responsibility;
            for (int field = 1; field < 6; field++) {
                gradient[k + field * components] *= -responsibility;
            }
        }
        return total - joint;
    }

    private double logSumExp(double[] values, int offset) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = offset; k < offset + components; k++) {
            largest = Math.max(largest, values[k]);
        }
        double sum = 0;
        for (int k = offset; k < offset + components; k++) {
            sum += Math.exp(values[k] - largest);
        }
        return largest + Math.log(sum);
    }

    @Override
    public String text() {
        return NAME + " " + components;
    }
}
