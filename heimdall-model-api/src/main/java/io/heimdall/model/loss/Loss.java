package io.heimdall.model.loss;

/**
 * A training loss, written once for all engines: it gives its value and its derivative at the network's outputs, and
 * the engine carries the derivative on into the network.
 */
public interface Loss {

    /** Returns the name that users type: {@code gaussian-nll}. */
    String name();

    /**
     * Computes the loss, a mean over batch and axes, and its gradient.
     *
     * @param position predicted means, row-major (batch, 2)
     * @param sigma predicted standard deviations, row-major (batch, 2), above 0
     * @param target truths, row-major (batch, 2)
     * @param positionGradient overwritten with d loss / d position
     * @param sigmaGradient overwritten with d loss / d sigma
     * @return the loss
     */
    double evaluate(float[] position, float[] sigma, float[] target, float[] positionGradient, float[] sigmaGradient);

    /**
     * Computes the same for outputs in double precision, for {@link io.heimdall.model.backend.Precision#FLOAT64}.
     *
     * <p>Unless a loss says otherwise, it rounds the outputs to floats and computes from those.
     */
    default double evaluate(
            double[] position, double[] sigma, float[] target, double[] positionGradient, double[] sigmaGradient) {
        int n = position.length;
        float[] byPosition = new float[n];
        float[] bySigma = new float[n];
        double loss = evaluate(floats(position), floats(sigma), target, byPosition, bySigma);
        for (int i = 0; i < n; i++) {
            positionGradient[i] = byPosition[i];
            sigmaGradient[i] = bySigma[i];
        }
        return loss;
    }

    private static float[] floats(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
