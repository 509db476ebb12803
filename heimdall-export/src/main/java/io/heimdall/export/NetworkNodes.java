package io.heimdall.export;

import static io.heimdall.export.NodeValue.name;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.LayerSite;
import io.heimdall.model.network.NetworkInterpreter;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import io.heimdall.model.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes the layers of a network as nodes, for evaluation: dropout is left out, batch norms use running statistics.
 *
 * <p>Height and width are exchanged, kernels too, which changes no output: windows are square, and a network ends in a global
 * average. The longer axis, mel bands, then lies innermost, where ONNX Runtime computes several positions at a time and a
 * window is rarely cut by the edge; and once images are one row high they are stacked.
 */
final class NetworkNodes implements NetworkInterpreter<NodeValue>, Operation.Interpreter<NodeValue> {
    private final OnnxGraph graph;
    private final Weights weights;
    private final Map<String, NodeValue> inputs = new HashMap<>();
    private final SetNodes sets;
    private final Map<Images, Images> restacked = new HashMap<>();

    private NetworkNodes(OnnxGraph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
        this.sets = new SetNodes(graph, this::weight, inputs);
    }

    /**
     * Adds the layers of a network and returns the name of their value, (batch, width).
     *
     * @param values the values of the network's inputs, by their names
     */
    static String add(OnnxGraph graph, NetworkSpec network, Weights weights, Map<String, String> values) {
        NetworkNodes nodes = new NetworkNodes(graph, weights);
        for (TensorSpec input : network.inputs()) {
            nodes.inputs.put(input.name(), nodes.read(values.get(input.name()), input));
        }
        return network.walk(nodes).name();
    }

    private NodeValue read(String value, TensorSpec input) {
        boolean images = input.axes().size() == 3 && !input.axes().get(0).isFree();
        return images
                ? exchanged(value, input.length(0), input.length(1), input.length(2))
                : NodeValue.of(value, input.axes().size() + 1);
    }

    private NodeValue exchanged(String value, int channels, int height, int width) {
        String wide =
                graph.node("Transpose", value + "_wide", NodeAttributes.none().listed("perm", 0, 1, 3, 2), value);
        return NodeValue.of(new Images(wide, channels, width, height, false));
    }

    @Override
    public NodeValue input(String tensor) {
        return inputs.get(tensor);
    }

    @Override
    public NodeValue operation(LayerSite site, Operation operation, NodeValue value) {
        return operation.interpret(this, site, value);
    }

    @Override
    public NodeValue add(LayerSite site, NodeValue body, NodeValue shortcut) {
        String other = body.images().isEmpty()
                ? shortcut.name()
                : stacked(shortcut.layout(), body.layout().stacked()).value();
        return body.named(graph.node("Add", name(site, "Add"), body.name(), other));
    }

    @Override
    public NodeValue join(LayerSite site, List<NodeValue> values) {
        String[] names = values.stream().map(NodeValue::name).toArray(String[]::new);
        String joined =
                graph.node("Concat", name(site, "Concat"), NodeAttributes.none().with("axis", -1L), names);
        return NodeValue.of(joined, values.get(0).axes());
    }

    @Override
    public NodeValue fold(LayerSite site, Layer.Fold fold, NodeValue value, UnaryOperator<NodeValue> body) {
        return sets.fold(site, fold, value, (images, height, width) -> body.apply(exchanged(images, 1, height, width)));
    }

    @Override
    public NodeValue conv2d(LayerSite site, Operation.Conv2d conv, NodeValue value) {
        Images input = value.layout();
        Images read = stacked(input, input.leftWithOneRow(conv.kernel(), conv.stride(), conv.padding()));
        Images.Window window = read.window(conv.kernel(), conv.stride(), conv.padding());
        String kernels = graph.constant(site.tensor("weight"), window.kernels(tensor(site.tensor("weight"))));
        String name = graph.node("Conv", name(site, "Conv"), window.attributes(), read.value(), kernels);
        return NodeValue.of(read.after(name, conv.out(), conv.kernel(), conv.stride(), conv.padding()));
    }

    private Images stacked(Images input, boolean wanted) {
        return input.stacked() == wanted ? input : restacked.computeIfAbsent(input, other -> other.restacked(graph));
    }

    @Override
    public NodeValue batchNorm(LayerSite site, Operation.BatchNorm norm, NodeValue value) {
        return value.named(graph.node(
                "BatchNormalization",
                name(site, "BatchNormalization"),
                NodeAttributes.none().with("epsilon", (float) norm.eps()),
                value.name(),
                weight(site.tensor("weight")),
                weight(site.tensor("bias")),
                weight(site.tensor("running_mean")),
                weight(site.tensor("running_var"))));
    }

    @Override
    public NodeValue relu(LayerSite site, Operation.Relu relu, NodeValue value) {
        return value.named(graph.node("Relu", name(site, "Relu"), value.name()));
    }

    @Override
    public NodeValue maxPool(LayerSite site, Operation.MaxPool pool, NodeValue value) {
        Images input = stacked(value.layout(), false);
        Images.Window window = input.window(pool.kernel(), pool.stride(), pool.padding());
        String name = graph.node("MaxPool", name(site, "MaxPool"), window.attributes(), input.value());
        return NodeValue.of(input.after(name, input.channels(), pool.kernel(), pool.stride(), pool.padding()));
    }

    @Override
    public NodeValue globalAveragePool(LayerSite site, Operation.GlobalAveragePool pool, NodeValue value) {
        Images input = stacked(value.layout(), false);
        String mean = graph.node("GlobalAveragePool", name(site, "GlobalAveragePool"), input.value());
        NodeAttributes behindChannels = NodeAttributes.none().with("axis", 1L);
        return NodeValue.of(graph.node("Flatten", name(site, "Flatten"), behindChannels, mean), 2);
    }

    @Override
    public NodeValue linear(LayerSite site, Operation.Linear linear, NodeValue value) {
        return sets.linear(site, value);
    }

    @Override
    public NodeValue dropout(LayerSite site, Operation.Dropout dropout, NodeValue value) {
        return value;
    }

    @Override
    public NodeValue softplus(LayerSite site, Operation.Softplus softplus, NodeValue value) {
        String raw = graph.node("Softplus", name(site, "Softplus"), value.name());
        String shift = graph.vector(name(site, "shift"), softplus.shift());
        return value.named(graph.node("Add", name(site, "Add"), raw, shift));
    }

    @Override
    public NodeValue silu(LayerSite site, Operation.Silu silu, NodeValue value) {
        String sigmoid = graph.node("Sigmoid", name(site, "Sigmoid"), value.name());
        return value.named(graph.node("Mul", name(site, "Mul"), value.name(), sigmoid));
    }

    @Override
    public NodeValue layerNorm(LayerSite site, Operation.LayerNorm norm, NodeValue value) {
        return value.named(graph.node(
                "LayerNormalization",
                name(site, "LayerNormalization"),
                NodeAttributes.none().with("axis", -1L).with("epsilon", (float) norm.eps()),
                value.name(),
                weight(site.tensor("weight")),
                weight(site.tensor("bias"))));
    }

    @Override
    public NodeValue attention(LayerSite site, Operation.Attention attention, NodeValue value) {
        return sets.attention(site, attention, value);
    }

    @Override
    public NodeValue embedding(LayerSite site, Operation.Embedding embedding, NodeValue value) {
        return sets.embedding(site, value);
    }

    @Override
    public NodeValue waves(LayerSite site, Operation.Waves waves, NodeValue value) {
        return sets.waves(site, waves, value);
    }

    @Override
    public NodeValue setPool(LayerSite site, Operation.SetPool pool, NodeValue value) {
        return sets.pool(site, pool, value);
    }

    private String weight(String name) {
        return graph.constant(name, tensor(name));
    }

    private FloatTensor tensor(String name) {
        FloatTensor tensor = weights.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the weights have no tensor '" + name + "'");
        }
        return tensor;
    }
}
