package io.heimdall.export;

import io.heimdall.export.OnnxGraph.NodeAttributes;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.Layer;
import io.heimdall.model.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the layers of a network as nodes, for evaluation: dropout is left out, batch norms use running statistics.
 *
 * <p>Height and width are exchanged, kernels too, which changes no output: windows are square, and a network ends in a global
 * average. The longer axis, mel bands, then lies innermost, where ONNX Runtime computes several positions at a time and a
 * window is rarely cut by the edge.
 */
final class NetworkNodes implements Layer.Visitor<List<String>> {
    private final OnnxGraph graph;
    private final Weights weights;
    private String path = "";
    private String value;
    private int unnamed;

    private NetworkNodes(OnnxGraph graph, Weights weights, String input) {
        this.graph = graph;
        this.weights = weights;
        this.value = input;
    }

    /** Adds the layers behind the value {@code input} and returns the names of their outputs. */
    static List<String> add(OnnxGraph graph, Layer.Sequence layers, Weights weights, String input) {
        String wide = graph.node("Transpose", "wide", NodeAttributes.none().listed("perm", 0, 1, 3, 2), input);
        return layers.accept(new NetworkNodes(graph, weights, wide));
    }

    @Override
    public List<String> visit(Layer.Conv2d conv) {
        return node(
                "Conv",
                NodeAttributes.none()
                        .repeated("kernel_shape", conv.kernel(), 2)
                        .repeated("strides", conv.stride(), 2)
                        .repeated("pads", conv.padding(), 4),
                value,
                graph.constant(path + "weight", exchanged(tensor("weight"))));
    }

    @Override
    public List<String> visit(Layer.BatchNorm norm) {
        return node(
                "BatchNormalization",
                NodeAttributes.none().with("epsilon", (float) norm.eps()),
                value,
                weight("weight"),
                weight("bias"),
                weight("running_mean"),
                weight("running_var"));
    }

    @Override
    public List<String> visit(Layer.Relu relu) {
        return node("Relu", NodeAttributes.none(), value);
    }

    @Override
    public List<String> visit(Layer.MaxPool pool) {
        return node(
                "MaxPool",
                NodeAttributes.none()
                        .repeated("kernel_shape", pool.kernel(), 2)
                        .repeated("strides", pool.stride(), 2)
                        .repeated("pads", pool.padding(), 4),
                value);
    }

    @Override
    public List<String> visit(Layer.GlobalAveragePool pool) {
        value = node("GlobalAveragePool", NodeAttributes.none(), value).get(0);
        return node("Flatten", NodeAttributes.none().with("axis", 1), value);
    }

    @Override
    public List<String> visit(Layer.Linear linear) {
        return node("Gemm", NodeAttributes.none().with("transB", 1), value, weight("weight"), weight("bias"));
    }

    @Override
    public List<String> visit(Layer.Dropout dropout) {
        return List.of(value);
    }

    @Override
    public List<String> visit(Layer.Softplus softplus) {
        value = node("Softplus", NodeAttributes.none(), value).get(0);
        String shift = graph.constant(name("shift"), FloatTensor.of(new float[] {(float) softplus.shift()}, 1));
        return node("Add", NodeAttributes.none(), value, shift);
    }

    @Override
    public List<String> visit(Layer.Residual residual) {
        String input = value;
        String body = single(residual.body().accept(this));
        value = input;
        String shortcut = residual.shortcut().isPresent()
                ? single(child(residual.shortcut().get()))
                : input;
        return node("Add", NodeAttributes.none(), body, shortcut);
    }

    @Override
    public List<String> visit(Layer.Sequence sequence) {
        List<String> outputs = List.of(value);
        for (Layer.Named child : sequence.layers()) {
            value = single(outputs);
            outputs = child(child);
        }
        return outputs;
    }

    @Override
    public List<String> visit(Layer.Branch branch) {
        String input = value;
        List<String> outputs = new ArrayList<>();
        for (Layer.Named child : branch.branches()) {
            value = input;
            outputs.addAll(child(child));
        }
        return outputs;
    }

    private List<String> child(Layer.Named child) {
        String parent = path;
        if (!child.name().isEmpty()) {
            path = parent + child.name() + ".";
        }
        List<String> outputs = child.layer().accept(this);
        path = parent;
        return outputs;
    }

    private List<String> node(String operator, NodeAttributes attributes, String... inputs) {
        return List.of(graph.node(operator, name(operator), attributes, inputs));
    }

    /** Values need unique names, and layers without weights may share a path: a running number tells them apart. */
    private String name(String what) {
        return path + what + "_" + unnamed++;
    }

    private String weight(String name) {
        return graph.constant(path + name, tensor(name));
    }

    /** Returns the tensor with its last two axes exchanged. */
    private static FloatTensor exchanged(FloatTensor kernels) {
        int[] shape = kernels.shape();
        int side = shape[2];
        float[] from = kernels.values();
        float[] to = new float[from.length];
        for (int kernel = 0; kernel < from.length; kernel += side * side) {
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++) {
                    to[kernel + column * side + row] = from[kernel + row * side + column];
                }
            }
        }
        return FloatTensor.of(to, shape);
    }

    private FloatTensor tensor(String name) {
        FloatTensor tensor = weights.tensors().get(path + name);
        if (tensor == null) {
            throw new IllegalArgumentException("the weights have no tensor '" + path + name + "'");
        }
        return tensor;
    }

    private static String single(List<String> outputs) {
        if (outputs.size() != 1) {
            throw new IllegalArgumentException(
                    "a branch of " + outputs.size() + " outputs may only be the last layer of a network");
        }
        return outputs.get(0);
    }
}
