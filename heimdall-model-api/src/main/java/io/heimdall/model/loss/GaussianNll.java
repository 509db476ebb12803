package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;

/**
 * Negative log-likelihood of a Gaussian with independent axes, without its constant: {@code r^2 / 2 + log sigma} with
 * {@code r = (target - position) / sigma}, mean over batch and axes. The default.
 *
 * @see <a href="https://doi.org/10.1109/ICNN.1994.374138">Nix and Weigend, Estimating the mean and variance of the
 *     target probability distribution, 1994</a>
 */
public record GaussianNll() implements Loss {

    @Override
    public String name() {
        return "gaussian-nll";
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
        out.byPosition = -r / s;
        out.bySigma = (1 - r * r) / s;
        return r * r / 2 + Math.log(s);
    }
}
