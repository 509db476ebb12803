package io.heimdall.backend.dl4j;

import io.heimdall.model.loss.Loss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Gives Deeplearning4j the value and the gradient of a {@link Loss} at the outputs, position and sigma side by side.
 *
 * <p>The engine asks for the gradient once in each backward pass, and for the score behind it.
 */
@SuppressWarnings("serial") // the interface is serialisable, a session is not
final class OutputLoss implements ILossFunction {
    private Loss loss;
    private float[] targets;
    private double value;

    /** Takes the loss and the targets, row-major (batch, 2), of the next step. */
    void expect(Loss loss, float[] targets) {
        this.loss = loss;
        this.targets = targets;
        value = Double.NaN;
    }

    /** Returns the loss of the last step. */
    double value() {
        return value;
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        int n = targets.length;
        double[] position = new double[n];
        double[] sigma = new double[n];
        for (int i = 0; i < n; i++) {
            position[i] = outputs.getDouble(i / 2, i % 2);
            sigma[i] = outputs.getDouble(i / 2, 2 + i % 2);
        }
        double[] byPosition = new double[n];
        double[] bySigma = new double[n];
        value = loss.evaluate(position, sigma, targets, byPosition, bySigma);
        INDArray gradient = Nd4j.createUninitialized(outputs.dataType(), outputs.shape());
        for (int i = 0; i < n; i++) {
            gradient.putScalar(i / 2, i % 2, byPosition[i]);
            gradient.putScalar(i / 2, 2 + i % 2, bySigma[i]);
        }
        return gradient;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        return value;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray outputs, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException("a loss over the batch has no score for each sample");
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray outputs, IActivation activation, INDArray mask, boolean average) {
        INDArray gradient = computeGradient(labels, outputs, activation, mask);
        return Pair.of(value, gradient);
    }

    @Override
    public String name() {
        return "heimdall";
    }
}
