package io.heimdall.model.loss;

/** The loop that the losses share: a mean over all elements of a term of the residual and sigma. */
final class Residuals {

    private Residuals() {}

    /** One element's loss, and its derivatives. */
    interface Term {
        /**
         * Computes one element.
         *
         * @param residual (target - position) / sigma
         * @return the element's loss; {@code out} holds its derivatives
         */
        double evaluate(double residual, double sigma, Slopes out);
    }

    /** Derivatives of one element. */
    static final class Slopes {
        double byPosition;
        double bySigma;
    }

    static double mean(
            float[] position,
            float[] sigma,
            float[] target,
            float[] positionGradient,
            float[] sigmaGradient,
            Term term) {
        int n = position.length;
        if (n == 0
                || sigma.length != n
                || target.length != n
                || positionGradient.length != n
                || sigmaGradient.length != n) {
            throw new IllegalArgumentException("a loss over " + n + " positions, " + sigma.length + " sigmas, "
                    + target.length + " targets and gradients of " + positionGradient.length + " and "
                    + sigmaGradient.length + ": all must be as long and not empty");
        }
        var slopes = new Slopes();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double s = sigma[i];
            sum += term.evaluate(((double) target[i] - position[i]) / s, s, slopes);
            positionGradient[i] = (float) (slopes.byPosition / n);
            sigmaGradient[i] = (float) (slopes.bySigma / n);
        }
        return sum / n;
    }
}
