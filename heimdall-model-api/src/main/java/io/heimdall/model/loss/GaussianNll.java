package io.heimdall.model.loss;

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
    public double evaluate(
            float[] position, float[] sigma, float[] target, float[] positionGradient, float[] sigmaGradient) {
        return Residuals.mean(position, sigma, target, positionGradient, sigmaGradient, this::term);
    }

    @Override
    public double evaluate(
            double[] position, double[] sigma, float[] target, double[] positionGradient, double[] sigmaGradient) {
        return Residuals.mean(position, sigma, target, positionGradient, sigmaGradient, this::term);
    }

    private double term(double r, double s, Residuals.Slopes out) {
        out.byPosition = -r / s;
        out.bySigma = (1 - r * r) / s;
        return r * r / 2 + Math.log(s);
    }
}
