package io.heimdall.backend.dl4j;

import java.util.Arrays;
import java.util.List;
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

/** Runs a {@link RowOperation} in a graph: from the engine's arrays and back to them. */
@SuppressWarnings({"serial", "overrides"}) // the interface is serialisable, a session is not; setInputs has no dots there
final class RowVertex extends BaseGraphVertex {
    private final RowOperation operation;
    /** Part of the graph's flat vector; null without parameters. */
    private final INDArray parameters;

    private INDArray gradients;
    private RowOperation.Gradient gradient;

    RowVertex(ComputationGraph graph, String name, int index, RowOperation operation, INDArray parameters, DataType type) {
        super(graph, name, index, null, null, type);
        this.operation = operation;
        this.parameters = parameters;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        List<Numbers> given = Arrays.stream(inputs).map(HostArray::read).toList();
        double[] state = parameters == null ? new double[0] : HostArray.read(parameters).values();
        RowOperation.Result result = operation.forward(given, state);
        gradient = result.gradient();
        return array(result.output(), ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        double[] byParameters = new double[operation.parameters()];
        INDArray[] byInputs = gradient.backward(HostArray.read(epsilon), byParameters).stream()
                .map(numbers -> array(numbers, ArrayType.ACTIVATION_GRAD, workspaces))
                .toArray(INDArray[]::new);
        if (gradients != null) {
            HostArray.write(byParameters, gradients);
        }
        return new Pair<>(null, byInputs);
    }

    private INDArray array(Numbers numbers, ArrayType where, LayerWorkspaceMgr workspaces) {
        INDArray array = workspaces.createUninitialized(where, dataType, numbers.shape(), 'c');
        HostArray.write(numbers.values(), array);
        return array;
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
