package io.heimdall.backend.dl4j;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parts of the graph's flat vectors, weights and gradients, by PyTorch's names.
 *
 * <p>They lie in memory as PyTorch's tensors do: convolution weights are (out, in, kernel, kernel) row by row, and dense
 * weights (in, out) column by column, which is (out, in) row by row.
 *
 * @param weights views of the engine's memory, {@link FloatBuffer} or {@link DoubleBuffer}
 * @param gradients of the same places; running statistics have there what is to be subtracted from them
 */
record FlatTensors(Map<String, Buffer> weights, Map<String, Buffer> gradients) {

    static FlatTensors of(ComputationGraph graph, NetworkSpec network) {
        Buffer weights = memory(graph.params());
        Buffer gradients = memory(graph.getFlattenedGradients());
        Map<String, Buffer> weightParts = new LinkedHashMap<>();
        Map<String, Buffer> gradientParts = new LinkedHashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            int length = Math.toIntExact(FloatTensor.elements(spec.shape()));
            GraphVertex vertex = graph.getVertex(vertex(spec));
            int offset;
            if (vertex.hasLayer()) {
                offset = offset(vertex.getLayer(), spec, length);
            } else { // an OperationVertex has its tensors one behind the other
                int before = taken.merge(vertex.getVertexName(), length, Integer::sum) - length;
                offset = Math.toIntExact(vertex.params().offset()) + before;
            }
            weightParts.put(spec.name(), slice(weights, offset, length));
            gradientParts.put(spec.name(), slice(gradients, offset, length));
        }
        return new FlatTensors(weightParts, gradientParts);
    }

    /** Returns the layer or vertex that has a tensor. */
    static String vertex(ParameterSpec spec) {
        return LayerGraph.name(spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.'))));
    }

    private static int offset(Layer layer, ParameterSpec spec, int length) {
        INDArray view = layer.getParam(parameter(spec.kind()));
        char order = spec.kind() == ParameterSpec.Kind.LINEAR_WEIGHT ? 'f' : 'c';
        boolean asExpected = view.length() == length && (view.rank() < 2 || isRow(view) || view.ordering() == order);
        if (!asExpected) {
            throw new ModelException("Deeplearning4j lays " + spec.name() + " out as " + view.shapeInfoToString()
                    + ", which this release does not know");
        }
        return Math.toIntExact(view.offset());
    }

    private static boolean isRow(INDArray view) {
        return view.rank() == 2 && (view.size(0) == 1 || view.size(1) == 1);
    }

    /** Deeplearning4j's names of the parameters of a layer. */
    private static String parameter(ParameterSpec.Kind kind) {
        return switch (kind) {
            case CONV_WEIGHT, LINEAR_WEIGHT -> "W";
            case LINEAR_BIAS -> "b";
            case NORM_WEIGHT -> "gamma";
            case NORM_BIAS -> "beta";
            case RUNNING_MEAN -> "mean";
            case RUNNING_VAR -> "var";
            case EMBEDDING -> throw new IllegalArgumentException("no layer has embeddings");
        };
    }

    private static Buffer memory(INDArray vector) {
        return vector.dataType() == DataType.DOUBLE
                ? vector.data().asNioDouble()
                : vector.data().asNioFloat();
    }

    private static Buffer slice(Buffer memory, int offset, int length) {
        return memory instanceof FloatBuffer floats
                ? floats.slice(offset, length)
                : ((DoubleBuffer) memory).slice(offset, length);
    }

    static double get(Buffer buffer, int index) {
        return buffer instanceof FloatBuffer floats ? floats.get(index) : ((DoubleBuffer) buffer).get(index);
    }

    static void put(Buffer buffer, int index, double value) {
        if (buffer instanceof FloatBuffer floats) {
            floats.put(index, (float) value);
        } else {
            ((DoubleBuffer) buffer).put(index, value);
        }
    }
}
