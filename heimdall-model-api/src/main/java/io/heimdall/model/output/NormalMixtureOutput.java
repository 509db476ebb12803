package io.heimdall.model.output;

import java.util.ArrayList;
import java.util.Arrays;
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
        double[] logits = Arrays.copyOfRange(numbers, offset, offset + components);
        double total = MixtureLikelihood.softmax(logits.clone());
        var normals = new ArrayList<NormalMixture.Component>(components);
        for (int k = 0; k < components; k++) {
            normals.add(new NormalMixture.Component(
                    Math.exp(logits[k] - total), RawNormals.distribution(numbers, offset + components, components, k)));
        }
        return new NormalMixture(normals);
    }

    @Override
    public RowLikelihood likelihood(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return new MixtureLikelihood(numbers, offset, components);
    }

    @Override
    public String text() {
        return NAME + " " + components;
    }
}
