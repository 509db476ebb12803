package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;
import java.util.Map;

/**
 * Gaussian negative log-likelihood, each term weighted by {@code sigma^(2 beta)} through which no gradient flows.
 *
 * <p>The plain likelihood learns slowly from samples with a large initial sigma; the weight restores their influence.
 * {@code beta} 0 is {@link GaussianNll}; {@code beta} 1 trains the position like the mean squared error. So the
 * gradient is not the derivative of the value, but of the value with constant weights.
 *
 * @param beta from 0 to 1; 0.5 is the authors' advice
 * @see <a href="https://arxiv.org/abs/2203.09168">Seitzer et al., On the pitfalls of heteroscedastic uncertainty
 *     estimation with probabilistic neural networks, 2022</a>
 */
public record BetaNll(double beta) implements Loss {

    /**
     * Checks beta.
     *
     * @throws IllegalArgumentException if it is not in 0..1
     */
    public BetaNll {
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException("beta " + beta + " is not in 0..1");
        }
    }

    /** Makes the authors' choice, beta 0.5. */
    public BetaNll() {
        this(0.5);
    }

    @Override
    public String name() {
        return "beta-nll";
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("beta", beta);
    }

    @Override
    public BetaNll withNumbers(Map<String, Double> numbers) {
        return new BetaNll(numbers.get("beta"));
    }

    @Override
    public boolean fits(OutputSpec output) {
        return Residuals.fit(output);
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        return Residuals.mean(output, numbers, targets, gradient, this::term);
    }

    private double term(double r, double s, Residuals.Slopes out) {
        double weight = Math.pow(s, 2 * beta);
        out.byPosition = weight * -r / s;
        out.bySigma = weight * (1 - r * r) / s;
        return weight * (r * r / 2 + Math.log(s));
    }
}
