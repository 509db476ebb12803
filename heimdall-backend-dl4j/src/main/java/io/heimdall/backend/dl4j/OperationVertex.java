package io.heimdall.backend.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs an {@link ArrayOperation} in a graph. */
@SuppressWarnings({"serial", "overrides"
}) // the interface is serialisable, a session is not; setInputs has no dots there
final class OperationVertex extends BaseGraphVertex {
    private final ArrayOperation operation;
    /** Part of the graph's flat vector; null without parameters. */
    private final INDArray parameters;

    private INDArray gradients;
    private ArrayOperation.Gradient gradient;

    OperationVertex(
            ComputationGraph graph,
            String name,
            int index,
            ArrayOperation operation,
            INDArray parameters,
            DataType type) {
        super(graph, name, index, null, null, type);
        this.operation = operation;
        this.parameters = parameters;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        ArrayOperation.Result result =
                operation.forward(inputs, parameters, allocation(ArrayType.ACTIVATIONS, workspaces));
        gradient = result.gradient();
        return result.output();
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        return new Pair<>(
                null, gradient.backward(epsilon, gradients, allocation(ArrayType.ACTIVATION_GRAD, workspaces)));
    }

    private ArrayOperation.Allocation allocation(ArrayType type, LayerWorkspaceMgr workspaces) {
        return shape -> workspaces.createUninitialized(type, dataType, shape, 'c');
    }

    @Override
    public void clear() {
        super.clear();
        gradient = null;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        gradients = view;
    }

    @Override
    public long numParams() {
        return operation.parameters();
    }

    @Override
    public INDArray params() {
        return parameters;
    }

    @Override
    public INDArray getGradientsViewArray() {
        return gradients;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int rows) {
        return null; // masks come as inputs of the network, not in Deeplearning4j's way
    }

    @Override
    public String toString() {
        return vertexName + " " + operation;
    }
}
