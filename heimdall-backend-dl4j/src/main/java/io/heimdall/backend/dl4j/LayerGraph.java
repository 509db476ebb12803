package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.Precision;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
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
 * {@code backbone.layer1.0.conv1}; the last one joins the outputs, position and sigma, to (batch, 4).
 */
final class LayerGraph implements Layer.Visitor<List<String>> {
    private static final String INPUT = "features";
    private static final String OUTPUT = "outputs";

    private final ComputationGraphConfiguration.GraphBuilder graph;
    private final AtomicLong stepSeed;
    private final Map<String, Integer> normSizes = new LinkedHashMap<>();
    private String path = "";
    private int unnamed;
    private int dropouts;
    /** What the layer visited next takes in, and its height and width; both 1 behind the pooling. */
    private String input = INPUT;

    private int height;
    private int width;

    private LayerGraph(NetworkSpec network, Precision precision, AtomicLong stepSeed) {
        this.stepSeed = stepSeed;
        height = network.height();
        width = network.width();
        graph = new NeuralNetConfiguration.Builder()
                .dataType(precision == Precision.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT)
                .updater(new NoOp())
                .weightInit(WeightInit.ZERO)
                .activation(Activation.IDENTITY)
                .convolutionMode(ConvolutionMode.Truncate) // floor((n + 2 padding - kernel) / stride) + 1, as PyTorch
                .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                .graphBuilder()
                .addInputs(INPUT);
    }

    /**
     * A graph and what is not in it.
     *
     * @param normSizes by the path of each batch norm, how many values of one sample make one of its statistics
     */
    record Description(ComputationGraphConfiguration graph, Map<String, Integer> normSizes) {}

    /**
     * Describes a network to the engine.
     *
     * @param stepSeed of the dropout, set before each step
     */
    static Description of(NetworkSpec network, Precision precision, OutputLoss loss, AtomicLong stepSeed) {
        var walk = new LayerGraph(network, precision, stepSeed);
        List<String> outputs = network.layers().accept(walk);
        walk.graph
                .addVertex("joined", new MergeVertex(), outputs.toArray(String[]::new))
                .addLayer(OUTPUT, new LossLayer.Builder(loss).build(), "joined")
                .setOutputs(OUTPUT);
        return new Description(walk.graph.build(), walk.normSizes);
    }

    private List<String> layer(String name, org.deeplearning4j.nn.conf.layers.Layer layer) {
        graph.addLayer(name, layer, input);
        return List.of(name);
    }

    private List<String> unnamed(String kind, org.deeplearning4j.nn.conf.layers.Layer layer) {
        return layer(kind + "_" + unnamed++, layer);
    }

    /** The path of a layer with weights, without the dot at its end. */
    private String here() {
        return path.substring(0, path.length() - 1);
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

    private void slide(int kernel, int stride, int padding) {
        height = (height + 2 * padding - kernel) / stride + 1;
        width = (width + 2 * padding - kernel) / stride + 1;
    }

    @Override
    public List<String> visit(Layer.Conv2d conv) {
        slide(conv.kernel(), conv.stride(), conv.padding());
        return layer(
                here(),
                new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
                        .nIn(conv.in())
                        .nOut(conv.out())
                        .stride(conv.stride(), conv.stride())
                        .padding(conv.padding(), conv.padding())
                        .hasBias(false)
                        .build());
    }

    @Override
    public List<String> visit(Layer.BatchNorm norm) {
        normSizes.put(here(), height * width);
        return layer(
                here(),
                new BatchNormalization.Builder()
                        .nIn(norm.channels())
                        .nOut(norm.channels())
                        .decay(1 - norm.momentum())
                        .eps(norm.eps())
                        .useLogStd(false)
                        .build());
    }

    @Override
    public List<String> visit(Layer.Relu relu) {
        return unnamed("relu", new ActivationLayer(Activation.RELU));
    }

    @Override
    public List<String> visit(Layer.MaxPool pool) {
        slide(pool.kernel(), pool.stride(), pool.padding());
        return unnamed(
                "pool",
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(pool.kernel(), pool.kernel())
                        .stride(pool.stride(), pool.stride())
                        .padding(pool.padding(), pool.padding())
                        .build());
    }

    @Override
    public List<String> visit(Layer.GlobalAveragePool pool) {
        height = 1;
        width = 1;
        return unnamed("average", new GlobalPoolingLayer(PoolingType.AVG));
    }

    @Override
    public List<String> visit(Layer.Linear linear) {
        return layer(
                here(),
                new DenseLayer.Builder().nIn(linear.in()).nOut(linear.out()).build());
    }

    @Override
    public List<String> visit(Layer.Dropout dropout) {
        int layer = dropouts++;
        if (dropout.probability() == 0) {
            return List.of(input);
        }
        return unnamed("dropout", new DropoutLayer(new StepDropout(stepSeed, layer, dropout.probability())));
    }

    @Override
    public List<String> visit(Layer.Softplus softplus) {
        input = unnamed("softplus", new ActivationLayer(Activation.SOFTPLUS)).get(0);
        String shifted = "shift_" + unnamed++;
        graph.addVertex(shifted, new ShiftVertex(softplus.shift()), input);
        return List.of(shifted);
    }

    @Override
    public List<String> visit(Layer.Residual residual) {
        String whole = input;
        int wholeHeight = height;
        int wholeWidth = width;
        String body = residual.body().accept(this).get(0);
        String shortcut = whole;
        if (residual.shortcut().isPresent()) {
            input = whole;
            height = wholeHeight;
            width = wholeWidth;
            shortcut = child(residual.shortcut().get()).get(0);
        }
        String sum = "sum_" + unnamed++;
        graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), body, shortcut);
        return List.of(sum);
    }

    @Override
    public List<String> visit(Layer.Sequence sequence) {
        List<String> outputs = List.of(input);
        for (Layer.Named layer : sequence.layers()) {
            input = outputs.get(0);
            outputs = child(layer);
        }
        return outputs;
    }

    @Override
    public List<String> visit(Layer.Branch branch) {
        String shared = input;
        List<String> outputs = new ArrayList<>();
        for (Layer.Named layer : branch.branches()) {
            input = shared;
            outputs.addAll(child(layer));
        }
        return outputs;
    }
}
