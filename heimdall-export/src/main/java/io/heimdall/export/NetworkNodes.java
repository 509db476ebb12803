package io.heimdall.export;

import io.heimdall.export.OnnxGraph.NodeAttributes;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the layers of a network as nodes, for evaluation: dropout is left out, batch norms use running statistics.
 *
 * <p>Height and width are exchanged, kernels too, which changes no output: windows are square, and a network ends in a global
 * average. The longer axis, mel bands, then lies innermost, where ONNX Runtime computes several positions at a time and a
 * window is rarely cut by the edge; and once images are one row high they are stacked.
 */
final class NetworkNodes implements Layer.Visitor<List<String>> {
    private final OnnxGraph graph;
    private final Weights weights;
    /** The values that are images; the others are features. */
    private final Map<String, Images> images = new HashMap<>();

    private final Map<Images, Images> restacked = new HashMap<>();
    private String path = "";
    private String value;
    private int unnamed;

    private NetworkNodes(OnnxGraph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** Adds the layers of a network behind the value {@code input} and returns the names of their outputs. */
    static List<String> add(OnnxGraph graph, NetworkSpec network, Weights weights, String input) {
        NetworkNodes nodes = new NetworkNodes(graph, weights);
        String wide = graph.node("Transpose", "wide", NodeAttributes.none().listed("perm", 0, 1, 3, 2), input);
        nodes.images.put(wide, new Images(wide, network.channels(), network.width(), network.height(), false));
        nodes.value = wide;
        return network.layers().accept(nodes);
    }

    @Override
    public List<String> visit(Layer.Conv2d conv) {
        Images input = images.get(value);
        Images read = stacked(input, input.leftWithOneRow(conv.kernel(), conv.stride(), conv.padding()));
        Images.Window window = read.window(conv.kernel(), conv.stride(), conv.padding());
        String kernels = graph.constant(path + "weight", window.kernels(tensor("weight")));
        String name = graph.node("Conv", name("Conv"), window.attributes(), read.value(), kernels);
        images.put(name, read.after(name, conv.out(), conv.kernel(), conv.stride(), conv.padding()));
        return List.of(name);
    }

    private Images stacked(Images input, boolean wanted) {
        return input.stacked() == wanted ? input : restacked.computeIfAbsent(input, other -> other.restacked(graph));
    }

    @Override
    public List<String> visit(Layer.BatchNorm norm) {
        return elementwise(
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
        return elementwise("Relu", NodeAttributes.none(), value);
    }

    @Override
    public List<String> visit(Layer.MaxPool pool) {
        Images input = stacked(images.get(value), false);
        Images.Window window = input.window(pool.kernel(), pool.stride(), pool.padding());
        String name = graph.node("MaxPool", name("MaxPool"), window.attributes(), input.value());
        images.put(name, input.after(name, input.channels(), pool.kernel(), pool.stride(), pool.padding()));
        return List.of(name);
    }

    @Override
    public List<String> visit(Layer.GlobalAveragePool pool) {
        Images input = stacked(images.get(value), false);
        value = node("GlobalAveragePool", NodeAttributes.none(), input.value()).get(0);
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
        if (images.containsKey(body)) {
            shortcut = stacked(images.get(shortcut), images.get(body).stacked()).value();
        }
        return elementwise("Add", NodeAttributes.none(), body, shortcut);
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

    /** Adds a node whose output has the shape of its first input. */
    private List<String> elementwise(String operator, NodeAttributes attributes, String... inputs) {
        List<String> output = node(operator, attributes, inputs);
        Images input = images.get(inputs[0]);
        if (input != null) {
            images.put(output.get(0), input.named(output.get(0)));
        }
        return output;
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
