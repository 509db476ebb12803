package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.Precision;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.LayerSite;
import io.heimdall.model.network.NetworkInterpreter;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Builds Deeplearning4j's graph of a described network. Layers with weights are named by their path,
 * {@code backbone.layer1.0.conv1}.
 *
 * <p>The elements of sets, (batch, elements, features), lie one below the other in the graph, (batch * elements, features), so
 * that a graph takes sets of any size.
 */
final class LayerGraph implements NetworkInterpreter<GraphValue>, Operation.Interpreter<GraphValue> {
    private static final String OUTPUT = "loss of the last layer";

    private final NetworkSpec network;
    private final Precision precision;
    private final CurrentStep step;
    private final ComputationGraphConfiguration.GraphBuilder graph;
    /** The inputs that a vertex takes, by their names in the graph, in the graph's order. */
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private final Map<String, IntSupplier> normSizes = new LinkedHashMap<>();

    private LayerGraph(NetworkSpec network, Precision precision, CurrentStep step) {
        this.network = network;
        this.precision = precision;
        this.step = step;
        graph = new NeuralNetConfiguration.Builder()
                .dataType(precision == Precision.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT)
                .updater(new NoOp())
                .weightInit(WeightInit.ZERO)
                .activation(Activation.IDENTITY)
                .convolutionMode(ConvolutionMode.Truncate) // floor((n + 2 padding - kernel) / stride) + 1, as PyTorch
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .graphBuilder();
    }

    /**
     * A graph and what is not in it.
     *
     * @param inputs the network's inputs that the graph takes, in its order
     * @param normSizes by the path of each batch norm, how many values make one of its statistics in the current step
     */
    record Description(ComputationGraphConfiguration graph, List<String> inputs, Map<String, IntSupplier> normSizes) {}

    /** Describes a network to the engine. */
    static Description of(NetworkSpec network, Precision precision, OutputLoss loss, CurrentStep step) {
        LayerGraph walk = new LayerGraph(network, precision, step);
        GraphValue numbers = network.walk(walk);
        walk.graph
                .addLayer(OUTPUT, new LossLayer.Builder(loss).build(), walk.taken(numbers))
                .addInputs(walk.inputs.keySet())
                .setOutputs(OUTPUT);
        return new Description(walk.graph.build(), List.copyOf(walk.inputs.values()), walk.normSizes);
    }

    /** Returns the name of a layer with weights, or of a vertex with some. */
    static String name(String path) {
        return path.isEmpty() ? "(root)" : path;
    }

    private static String unnamed(LayerSite site, String kind) {
        return kind + " " + site.number();
    }

    /** Returns the vertex of a value; an input is one of the graph only if it is taken. */
    private String taken(GraphValue value) {
        value.input().ifPresent(tensor -> inputs.put(value.vertex(), tensor));
        return value.vertex();
    }

    private GraphValue layer(String name, org.deeplearning4j.nn.conf.layers.Layer layer, GraphValue value) {
        graph.addLayer(name, layer, taken(value));
        return value.at(name);
    }

    private GraphValue vertex(String name, GraphVertex vertex, GraphValue... values) {
        String[] from = List.of(values).stream().map(this::taken).toArray(String[]::new);
        graph.addVertex(name, vertex, from);
        return values[0].at(name);
    }

    private GraphValue rows(String name, RowOperation operation, GraphValue... values) {
        return vertex(name, new OperationVertexSpec(new RowsOnArrays(operation), values.length), values);
    }

    @Override
    public GraphValue input(String tensor) {
        TensorSpec spec = network.input(tensor);
        return GraphValue.input(spec, step::sets);
    }

    @Override
    public GraphValue operation(LayerSite site, Operation operation, GraphValue value) {
        return operation.interpret(this, site, value);
    }

    @Override
    public GraphValue add(LayerSite site, GraphValue body, GraphValue shortcut) {
        return vertex(unnamed(site, "sum"), new ElementWiseVertex(ElementWiseVertex.Op.Add), body, shortcut);
    }

    @Override
    public GraphValue join(LayerSite site, List<GraphValue> values) {
        MergeVertex joined = new MergeVertex();
        GraphValue first = values.get(0);
        joined.setMergeAxis(first.isImage() ? 3 : 1);
        int width =
                first.isImage() ? values.stream().mapToInt(GraphValue::width).sum() : first.width();
        return vertex(unnamed(site, "joined"), joined, values.toArray(GraphValue[]::new))
                .ofWidth(width);
    }

    @Override
    public GraphValue fold(LayerSite site, Layer.Fold fold, GraphValue value, UnaryOperator<GraphValue> body) {
        GraphValue images = rows(unnamed(site, "images"), new GatheredImages(step, fold.mask()), value)
                .ofRows(() -> step.rows(fold.mask()).computed().length);
        return rows(unnamed(site, "elements"), new ScatteredRows(step, fold.mask()), body.apply(images))
                .ofSets();
    }

    @Override
    public GraphValue conv2d(LayerSite site, Operation.Conv2d conv, GraphValue value) {
        ConvolutionLayer layer = new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
                .nIn(conv.in())
                .nOut(conv.out())
                .stride(conv.stride(), conv.stride())
                .padding(conv.padding(), conv.padding())
                .hasBias(false)
                .build();
        return layer(name(site.path()), layer, value).slid(conv.kernel(), conv.stride(), conv.padding());
    }

    @Override
    public GraphValue batchNorm(LayerSite site, Operation.BatchNorm norm, GraphValue value) {
        normSizes.put(name(site.path()), value::statisticsSize);
        BatchNormalization layer = new BatchNormalization.Builder()
                .nIn(norm.channels())
                .nOut(norm.channels())
                .decay(1 - norm.momentum())
                .eps(norm.eps())
                .useLogStd(false)
                .build();
        return layer(name(site.path()), layer, value);
    }

    @Override
    public GraphValue relu(LayerSite site, Operation.Relu relu, GraphValue value) {
        return layer(unnamed(site, "relu"), new ActivationLayer(Activation.RELU), value);
    }

    @Override
    public GraphValue maxPool(LayerSite site, Operation.MaxPool pool, GraphValue value) {
        SubsamplingLayer layer = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(pool.kernel(), pool.kernel())
                .stride(pool.stride(), pool.stride())
                .padding(pool.padding(), pool.padding())
                .build();
        return layer(unnamed(site, "pool"), layer, value).slid(pool.kernel(), pool.stride(), pool.padding());
    }

    @Override
    public GraphValue globalAveragePool(LayerSite site, Operation.GlobalAveragePool pool, GraphValue value) {
        return layer(unnamed(site, "average"), new GlobalPoolingLayer(PoolingType.AVG), value)
                .pooled();
    }

    @Override
    public GraphValue linear(LayerSite site, Operation.Linear linear, GraphValue value) {
        return linear(name(site.path()), linear.in(), linear.out(), value);
    }

    private GraphValue linear(String name, int in, int out, GraphValue value) {
        if (value.axes() == 2) {
            return layer(name, new DenseLayer.Builder().nIn(in).nOut(out).build(), value);
        }
        GraphValue result = vertex(name, new OperationVertexSpec(new LinearArrays(in, out), 1), value);
        return value.isImage() ? result.ofWidth(out) : result;
    }

    @Override
    public GraphValue dropout(LayerSite site, Operation.Dropout dropout, GraphValue value) {
        if (dropout.probability() == 0) {
            return value;
        }
        DropoutRows mask = new DropoutRows(step, site.dropouts(), dropout.probability(), precision);
        return rows(unnamed(site, "dropout"), mask, value);
    }

    @Override
    public GraphValue softplus(LayerSite site, Operation.Softplus softplus, GraphValue value) {
        GraphValue result = layer(unnamed(site, "softplus"), new ActivationLayer(Activation.SOFTPLUS), value);
        return vertex(unnamed(site, "shift"), new ShiftVertex(softplus.shift()), result);
    }

    @Override
    public GraphValue silu(LayerSite site, Operation.Silu silu, GraphValue value) {
        return rows(unnamed(site, "silu"), new SiluRows(), value);
    }

    @Override
    public GraphValue layerNorm(LayerSite site, Operation.LayerNorm norm, GraphValue value) {
        return rows(name(site.path()), new LayerNormRows(norm.width(), norm.eps()), value);
    }

    @Override
    public GraphValue attention(LayerSite site, Operation.Attention attention, GraphValue value) {
        int width = attention.width();
        GraphValue[] parts = List.of("query", "key", "value").stream()
                .map(part -> linear(site.tensor(part), width, width, value))
                .toArray(GraphValue[]::new);
        AttentionRows mixture = new AttentionRows(step, attention.mask(), attention.heads());
        GraphValue mixed = rows(unnamed(site, "attention"), mixture, parts);
        return linear(site.tensor("out"), width, width, mixed);
    }

    @Override
    public GraphValue embedding(LayerSite site, Operation.Embedding embedding, GraphValue value) {
        return rows(name(site.path()), new EmbeddingRows(embedding.count(), embedding.width()), value);
    }

    @Override
    public GraphValue waves(LayerSite site, Operation.Waves waves, GraphValue value) {
        return rows(unnamed(site, "waves"), new WaveRows(waves.count()), value);
    }

    @Override
    public GraphValue setPool(LayerSite site, Operation.SetPool pool, GraphValue value) {
        return rows(unnamed(site, "pooled"), new SetPoolRows(step, pool.mask()), value)
                .pooled();
    }
}
