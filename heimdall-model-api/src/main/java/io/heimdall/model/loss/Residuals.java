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
        check(n, sigma.length, target.length, positionGradient.length, sigmaGradient.length);
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

    static double mean(
            double[] position,
            double[] sigma,
            float[] target,
            double[] positionGradient,
            double[] sigmaGradient,
            Term term) {
        int n = position.length;
        check(n, sigma.length, target.length, positionGradient.length, sigmaGradient.length);
        var slopes = new Slopes();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += term.evaluate((target[i] - position[i]) / sigma[i], sigma[i], slopes);
            positionGradient[i] = slopes.byPosition / n;
            sigmaGradient[i] = slopes.bySigma / n;
        }
        return sum / n;
    }

    private static void check(int n, int sigmas, int targets, int positionGradients, int sigmaGradients) {
        if (n == 0 || sigmas != n || targets != n || positionGradients != n || sigmaGradients != n) {
            throw new IllegalArgumentException("a loss over " + n + " positions, " + sigmas + " sigmas, " + targets
                    + " targets and gradients of " + positionGradients + " and " + sigmaGradients
                    + ": all must be as long and not empty");
        }
    }
}
