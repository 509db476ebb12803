package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.DropoutMask;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dropout with the masks that every engine draws. */
@SuppressWarnings("serial") // the interface is serialisable, a session is not
final class StepDropout implements IDropout {
    private final AtomicLong stepSeed;
    private final int layer;
    private final double probability;

    /**
     * Makes the dropout of one layer.
     *
     * @param stepSeed is set before each step
     * @param layer number of the dropout layer, from 0
     * @param probability of 0
     */
    StepDropout(AtomicLong stepSeed, int layer, double probability) {
        this.stepSeed = stepSeed;
        this.layer = layer;
        this.probability = probability;
    }

    @Override
    public INDArray applyDropout(
            INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
        return multiplied(input, result);
    }

    @Override
    public INDArray backprop(INDArray gradient, INDArray result, int iteration, int epoch) {
        return multiplied(gradient, result);
    }

    private INDArray multiplied(INDArray values, INDArray result) {
        double[] factors = DropoutMask.factors(stepSeed.get(), layer, Math.toIntExact(values.length()), probability);
        INDArray mask = Nd4j.createFromArray(factors).castTo(values.dataType()); // in the step's workspace
        return values.muli(mask.reshape('c', values.shape()), result);
    }

    @Override
    public void clear() {
        // keeps nothing
    }

    @Override
    public IDropout clone() {
        return this; // a configuration's copies belong to the same session
    }
}
