package io.heimdall.model.network;

import io.heimdall.model.input.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Computes the shapes and costs of a network's layers; a value is its shape without the batch. */
final class LayerShapes implements NetworkInterpreter<List<Integer>>, Operation.Interpreter<List<Integer>> {
    private final NetworkSpec network;
    private final int elements;
    private final List<LayerSummary> found = new ArrayList<>();
    private int images = 1;

    private LayerShapes(NetworkSpec network, int elements) {
        this.network = network;
        this.elements = elements;
    }

    static List<LayerSummary> of(NetworkSpec network, int elements) {
        LayerShapes shapes = new LayerShapes(network, elements);
        network.walk(shapes);
        return shapes.found;
    }

    static long size(ParameterSpec parameter) {
        long size = 1;
        for (int length : parameter.shape()) {
            size *= length;
        }
        return size;
    }

    @Override
    public List<Integer> input(String tensor) {
        return network.input(tensor).axes().stream().map(this::length).toList();
    }

    private int length(Axis axis) {
        return axis.isFree() ? elements : axis.length();
    }

    @Override
    public List<Integer> operation(LayerSite site, Operation operation, List<Integer> value) {
        return operation.interpret(this, site, value);
    }

    @Override
    public List<Integer> add(LayerSite site, List<Integer> body, List<Integer> shortcut) {
        return layer(site, "Add", body);
    }

    @Override
    public List<Integer> join(LayerSite site, List<List<Integer>> values) {
        int last = values.get(0).size() - 1;
        int width = values.stream().mapToInt(value -> value.get(last)).sum();
        return layer(site, "Join", with(values.get(0), last, width));
    }

    @Override
    public List<Integer> fold(LayerSite site, Layer.Fold fold, List<Integer> value, UnaryOperator<List<Integer>> body) {
        images *= value.get(0);
        List<Integer> features = body.apply(List.of(1, fold.height(), fold.width()));
        images /= value.get(0);
        return layer(site, "Fold", List.of(value.get(0), features.get(0)));
    }

    @Override
    public List<Integer> conv2d(LayerSite site, Operation.Conv2d layer, List<Integer> value) {
        int height = windows(value.get(1), layer.kernel(), layer.stride(), layer.padding());
        int width = windows(value.get(2), layer.kernel(), layer.stride(), layer.padding());
        long products = (long) height * width * layer.out() * layer.in() * layer.kernel() * layer.kernel();
        return layer(site, layer, List.of(layer.out(), height, width), products);
    }

    @Override
    public List<Integer> batchNorm(LayerSite site, Operation.BatchNorm layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    @Override
    public List<Integer> relu(LayerSite site, Operation.Relu layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    @Override
    public List<Integer> maxPool(LayerSite site, Operation.MaxPool layer, List<Integer> value) {
        int height = windows(value.get(1), layer.kernel(), layer.stride(), layer.padding());
        int width = windows(value.get(2), layer.kernel(), layer.stride(), layer.padding());
        return layer(site, layer, List.of(value.get(0), height, width), 0);
    }

    @Override
    public List<Integer> globalAveragePool(LayerSite site, Operation.GlobalAveragePool layer, List<Integer> value) {
        return layer(site, layer, value.subList(0, 1), 0);
    }

    @Override
    public List<Integer> linear(LayerSite site, Operation.Linear layer, List<Integer> value) {
        List<Integer> shape = with(value, value.size() - 1, layer.out());
        return layer(site, layer, shape, product(shape) * layer.in());
    }

    @Override
    public List<Integer> dropout(LayerSite site, Operation.Dropout layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    @Override
    public List<Integer> softplus(LayerSite site, Operation.Softplus layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    @Override
    public List<Integer> silu(LayerSite site, Operation.Silu layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    @Override
    public List<Integer> layerNorm(LayerSite site, Operation.LayerNorm layer, List<Integer> value) {
        return layer(site, layer, value, 0);
    }

    /** Counts four projections of each element, and scores and weighted sums of each pair. */
    @Override
    public List<Integer> attention(LayerSite site, Operation.Attention layer, List<Integer> value) {
        long set = value.get(0);
        long width = layer.width();
        return layer(site, layer, value, 4 * set * width * width + 2 * set * set * width);
    }

    @Override
    public List<Integer> embedding(LayerSite site, Operation.Embedding layer, List<Integer> value) {
        return layer(site, layer, with(value, value.size() - 1, layer.width()), 0);
    }

    @Override
    public List<Integer> waves(LayerSite site, Operation.Waves layer, List<Integer> value) {
        int coordinates = value.get(value.size() - 1);
        return layer(site, layer, with(value, value.size() - 1, coordinates * (1 + 2 * layer.count())), 0);
    }

    @Override
    public List<Integer> setPool(LayerSite site, Operation.SetPool layer, List<Integer> value) {
        return layer(site, layer, List.of(2 * value.get(1)), 0);
    }

    private List<Integer> layer(LayerSite site, Operation operation, List<Integer> shape, long products) {
        long parameters =
                operation.parameters().stream().mapToLong(LayerShapes::size).sum();
        found.add(new LayerSummary(
                site.path(), operation.getClass().getSimpleName(), shape, parameters, 2 * images * products));
        return shape;
    }

    private List<Integer> layer(LayerSite site, String kind, List<Integer> shape) {
        found.add(new LayerSummary(site.path(), kind, shape, 0, 0));
        return shape;
    }

    private static int windows(int length, int kernel, int stride, int padding) {
        return (length + 2 * padding - kernel) / stride + 1;
    }

    private static long product(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static List<Integer> with(List<Integer> shape, int axis, int length) {
        List<Integer> changed = new ArrayList<>(shape);
        changed.set(axis, length);
        return List.copyOf(changed);
    }
}
