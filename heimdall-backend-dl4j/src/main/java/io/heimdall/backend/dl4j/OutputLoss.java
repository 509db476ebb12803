package io.heimdall.backend.dl4j;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Gives Deeplearning4j the value and the gradient of a {@link Loss} at the numbers of the last layer.
 *
 * <p>The engine asks for the gradient once in each backward pass, and for the score behind it.
 */
@SuppressWarnings("serial") // the interface is serialisable, a session is not
final class OutputLoss implements ILossFunction {
    private final OutputSpec output;
    private Loss loss;
    private float[] targets;
    private double value;

    /** Makes the loss of numbers of this meaning. */
    OutputLoss(OutputSpec output) {
        this.output = output;
    }

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
        double[] numbers = HostArray.read(outputs).values();
        double[] slope = new double[numbers.length];
        value = loss.evaluate(output, numbers, targets, slope);
        INDArray gradient = Nd4j.createUninitialized(outputs.dataType(), outputs.shape());
        HostArray.write(slope, gradient);
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
