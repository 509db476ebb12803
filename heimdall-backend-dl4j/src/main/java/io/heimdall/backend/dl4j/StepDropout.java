package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.DropoutMask;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dropout with the masks that every engine draws. */
@SuppressWarnings("serial") // the interface is serialisable, a session is not
final class StepDropout implements IDropout {
    private final CurrentStep step;
    private final int layer;
    private final double probability;
    /** Of the last step, which backpropagation needs again. */
    private double[] factors;

    /**
     * Makes the dropout of one layer.
     *
     * @param step gives the seed
     * @param layer number of the dropout layer, from 0
     * @param probability of 0
     */
    StepDropout(CurrentStep step, int layer, double probability) {
        this.step = step;
        this.layer = layer;
        this.probability = probability;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        factors = DropoutMask.factors(step.seed(), layer, Math.toIntExact(input.length()), probability);
        return multiplied(input, result);
    }

    @Override
    public INDArray backprop(INDArray gradient, INDArray result, int iteration, int epoch) {
        return multiplied(gradient, result);
    }

    private INDArray multiplied(INDArray values, INDArray result) {
        INDArray mask = Nd4j.createFromArray(factors).castTo(values.dataType()); // in the step's workspace
        return values.muli(mask.reshape('c', values.shape()), result);
    }

    @Override
    public void clear() {
        factors = null;
    }

    @Override
    public IDropout clone() {
        return this; // a configuration's copies belong to the same session
    }
}
