package io.heimdall.export;

import static io.heimdall.export.NodeValue.name;

import io.heimdall.model.network.Layer;
import io.heimdall.model.network.LayerSite;
import io.heimdall.model.network.Operation;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Writes the operations on sets, values of shape (batch, elements, features). */
final class SetNodes {
    private static final long WHOLE = 7;

    private final OnnxGraph graph;
    private final UnaryOperator<String> weight;
    private final Map<String, NodeValue> inputs;

    /**
     * Writes into a graph.
     *
     * @param weight adds the constant of a tensor's name
     * @param inputs values of the network's inputs, by their names
     */
    SetNodes(OnnxGraph graph, UnaryOperator<String> weight, Map<String, NodeValue> inputs) {
        this.graph = graph;
        this.weight = weight;
        this.inputs = inputs;
    }

    /** The body of a {@link Layer.Fold}. */
    interface ImageBody {
        /** Returns the features of images, a value (images, 1, height, width). */
        NodeValue of(String images, int height, int width);
    }

    /** All elements are computed, those that are masked too, whose features are left out then. */
    NodeValue fold(LayerSite site, Layer.Fold fold, NodeValue value, ImageBody body) {
        String name = name(site, "Fold");
        String shape = graph.indices(name + "_images_shape", -1, 1, fold.height(), fold.width());
        String images = graph.node("Reshape", name + "_images", value.name(), shape);
        String features = body.of(images, fold.height(), fold.width()).name();
        String sizes =
                graph.node("Shape", name + "_sizes", NodeAttributes.none().with("end", 2L), value.name());
        String rest = graph.indices(name + "_rest", -1);
        String target =
                graph.node("Concat", name + "_shape", NodeAttributes.none().with("axis", 0L), sizes, rest);
        String apart = graph.node("Reshape", name + "_features", features, target);
        return NodeValue.of(graph.node("Where", name, flag(fold.mask()), apart, graph.vector("zero", 0)), 3);
    }

    /** x W^T + b along the last axis. */
    NodeValue linear(LayerSite site, NodeValue value) {
        return value.axes() == 2
                ? value.named(graph.node(
                        "Gemm",
                        name(site, "Gemm"),
                        NodeAttributes.none().with("transB", 1L),
                        value.name(),
                        weight.apply(site.tensor("weight")),
                        weight.apply(site.tensor("bias"))))
                : value.named(linear(name(site, "Linear"), site.path(), value.name()));
    }

    private String linear(String name, String path, String value) {
        NodeAttributes exchanged = NodeAttributes.none().listed("perm", 1, 0);
        String turned = graph.node("Transpose", name + "_weight", exchanged, weight.apply(path + ".weight"));
        String product = graph.node("MatMul", name + "_product", value, turned);
        return graph.node("Add", name, product, weight.apply(path + ".bias"));
    }

    NodeValue attention(LayerSite site, Operation.Attention attention, NodeValue value) {
        String name = name(site, "Attention");
        int heads = attention.heads();
        String apart = graph.indices(name + "_heads_shape", 0, 0, heads, attention.width() / heads);
        String query = heads(site, "query", apart, value, 0, 2, 1, 3);
        String key = heads(site, "key", apart, value, 0, 2, 3, 1);
        String looked = heads(site, "value", apart, value, 0, 2, 1, 3);
        String product = graph.node("MatMul", name + "_product", query, key);
        double scale = Math.sqrt(attention.width() / (double) heads);
        String score = graph.node("Div", name + "_score", product, graph.vector(name + "_scale", scale));
        // (batch, elements, 1) as (batch, 1, 1, elements)
        NodeAttributes exchanged = NodeAttributes.none().listed("perm", 0, 2, 1);
        String columns = graph.node("Transpose", name + "_columns", exchanged, flag(attention.mask()));
        String mask = graph.node("Unsqueeze", name + "_mask", columns, graph.indices(name + "_mask_axis", 1));
        String masked = graph.node("Where", name + "_masked", mask, score, graph.vector("lowest", -1e30));
        String shares =
                graph.node("Softmax", name + "_shares", NodeAttributes.none().with("axis", -1L), masked);
        String mixed = graph.node("MatMul", name + "_mixed", shares, looked);
        NodeAttributes order = NodeAttributes.none().listed("perm", 0, 2, 1, 3);
        String together = graph.node("Transpose", name + "_together", order, mixed);
        String shape = graph.indices(name + "_shape", 0, 0, attention.width());
        String joined = graph.node("Reshape", name, together, shape);
        return value.named(linear(name(site, "out"), site.tensor("out"), joined));
    }

    private String heads(LayerSite site, String what, String apart, NodeValue value, long... order) {
        String name = name(site, what);
        String all = linear(name + "_linear", site.tensor(what), value.name());
        String split = graph.node("Reshape", name + "_apart", all, apart);
        return graph.node("Transpose", name, NodeAttributes.none().listed("perm", order), split);
    }

    /** Returns an input as booleans. */
    private String flag(String input) {
        String name = input + "_set";
        return graph.once("Greater", name, inputs.get(input).name(), graph.vector("half", 0.5));
    }

    NodeValue embedding(LayerSite site, NodeValue value) {
        String name = name(site, "Embedding");
        String whole =
                graph.node("Cast", name + "_numbers", NodeAttributes.none().with("to", WHOLE), value.name());
        String numbers = graph.node("Squeeze", name + "_row", whole, graph.indices("last_axis", -1));
        return value.named(graph.node("Gather", name, weight.apply(site.tensor("weight")), numbers));
    }

    NodeValue waves(LayerSite site, Operation.Waves waves, NodeValue value) {
        String name = name(site, "Waves");
        double[] factors = new double[waves.count()];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = 0.7 * (1 << k);
        }
        String column = graph.node("Unsqueeze", name + "_column", value.name(), graph.indices("last_axis", -1));
        String angles = graph.node("Mul", name + "_angles", column, graph.vector(name + "_frequencies", factors));
        String flat = graph.indices(name + "_shape", 0, 0, -1);
        String sines = graph.node("Reshape", name + "_sines", graph.node("Sin", name + "_sin", angles), flat);
        String cosines = graph.node("Reshape", name + "_cosines", graph.node("Cos", name + "_cos", angles), flat);
        NodeAttributes last = NodeAttributes.none().with("axis", -1L);
        return value.named(graph.node("Concat", name, last, value.name(), sines, cosines));
    }

    NodeValue pool(LayerSite site, Operation.SetPool pool, NodeValue value) {
        String name = name(site, "SetPool");
        String mask = flag(pool.mask());
        String elements = graph.indices("elements_axis", 1);
        NodeAttributes gone = NodeAttributes.none().with("keepdims", 0L);
        String kept = graph.node("Where", name + "_kept", mask, value.name(), graph.vector("zero", 0));
        String sum = graph.node("ReduceSum", name + "_sum", gone, kept, elements);
        String count = graph.node(
                "ReduceSum", name + "_count", gone, inputs.get(pool.mask()).name(), elements);
        String mean = graph.node("Div", name + "_mean", sum, count);
        String high = graph.node("Where", name + "_high", mask, value.name(), graph.vector("lowest", -1e30));
        NodeAttributes along = NodeAttributes.none().listed("axes", 1).with("keepdims", 0L);
        String largest = graph.node("ReduceMax", name + "_largest", along, high);
        NodeAttributes last = NodeAttributes.none().with("axis", -1L);
        return NodeValue.of(graph.node("Concat", name, last, mean, largest), 2);
    }
}
