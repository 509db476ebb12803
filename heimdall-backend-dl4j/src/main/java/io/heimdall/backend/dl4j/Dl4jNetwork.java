package io.heimdall.backend.dl4j;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.EngineNetwork;
import io.heimdall.model.backend.Precision;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.input.Axis;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One network in a computation graph. */
final class Dl4jNetwork implements EngineNetwork {
    private final NetworkSpec network;
    private final DataType type;
    private final CurrentStep step = new CurrentStep();
    private final OutputLoss loss;
    private final LayerGraph.Description description;
    private final ComputationGraph graph;
    private final FlatTensors tensors;
    /** The matrices of sets are so small that a second thread costs more than it brings. */
    private final int blasThreads;

    /** Allocates the graph; its weights are 0. */
    Dl4jNetwork(NetworkSpec network, SessionOptions options) {
        this.network = network;
        Precision precision = options.precision();
        type = precision == Precision.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT;
        blasThreads = takesSets(network) ? 1 : options.threads();
        loss = new OutputLoss(network.output());
        description = LayerGraph.of(network, precision, loss, step);
        graph = new ComputationGraph(description.graph());
        graph.init();
        graph.initGradientsView();
        tensors = FlatTensors.of(graph, network);
    }

    private static boolean takesSets(NetworkSpec network) {
        return network.inputs().stream().flatMap(input -> input.axes().stream()).anyMatch(Axis::isFree);
    }

    @Override
    public StepResult step(
            Batch batch,
            Loss stepLoss,
            long stepSeed,
            List<ParameterSpec> moving,
            ToDoubleFunction<Function<String, Buffer>> update) {
        openblas_nolapack.blas_set_num_threads(blasThreads);
        step.train(batch.inputs(), stepSeed);
        loss.expect(stepLoss, batch.targets().values());
        INDArray[] inputs = inputs(batch.inputs());
        try (INDArray targets = array(batch.targets())) {
            graph.setInputs(inputs);
            graph.setLabels(targets);
            graph.computeGradientAndScore();
            moveStatistics();
        } finally {
            release(inputs);
        }
        if (!Double.isFinite(loss.value())) {
            return new StepResult(loss.value(), Double.NaN);
        }
        return new StepResult(loss.value(), update.applyAsDouble(tensors.gradients()::get));
    }

    private void release(INDArray[] inputs) {
        graph.clear(); // which would hold on to the batch
        step.end();
        for (INDArray input : inputs) {
            input.close();
        }
    }

    /**
     * Moves the running statistics.
     *
     * <p>The graph gives the change it would make, {@code momentum (running - batch)}, with the biased variance; PyTorch
     * takes the unbiased one, larger by {@code n / (n - 1)}.
     */
    private void moveStatistics() {
        for (ParameterSpec spec : network.parameters()) {
            if (!spec.kind().trained()) {
                String norm = FlatTensors.vertex(spec);
                double n = description.normSizes().get(norm).getAsInt();
                boolean variance = spec.kind() == ParameterSpec.Kind.RUNNING_VAR;
                Buffer running = tensors.weights().get(spec.name());
                Buffer change = tensors.gradients().get(spec.name());
                double momentum = momentum(norm);
                for (int i = 0; i < running.limit(); i++) {
                    double old = FlatTensors.get(running, i);
                    double batch = old - FlatTensors.get(change, i) / momentum;
                    double fresh = variance ? batch * n / (n - 1) : batch;
                    FlatTensors.put(running, i, old + momentum * (fresh - old));
                }
            }
        }
    }

    private double momentum(String norm) {
        return 1 - ((BatchNormalization) graph.getLayer(norm).conf().getLayer()).getDecay();
    }

    private INDArray[] inputs(Map<String, FloatTensor> inputs) {
        return description.inputs().stream()
                .map(name -> array(inputs.get(name)))
                .toArray(INDArray[]::new);
    }

    /** Returns a tensor for the graph, where the elements of sets lie one below the other. */
    private INDArray array(FloatTensor tensor) {
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        if (shape.length == 3) {
            shape = new long[] {shape[0] * shape[1], shape[2]};
        }
        INDArray floats = Nd4j.createFromArray(tensor.values()).reshape(shape);
        if (type == DataType.FLOAT) {
            return floats;
        }
        try (floats) {
            return floats.castTo(type);
        }
    }

    @Override
    public FloatTensor predict(Map<String, FloatTensor> given) {
        openblas_nolapack.blas_set_num_threads(blasThreads);
        step.predict(given);
        INDArray[] inputs = inputs(given);
        try (INDArray outputs = graph.output(false, inputs)[0]) {
            double[] numbers = HostArray.read(outputs).values();
            FloatTensor rounded =
                    FloatTensor.zeros(step.sets(), network.output().width());
            for (int i = 0; i < numbers.length; i++) {
                rounded.values()[i] = (float) numbers[i];
            }
            return rounded;
        } finally {
            release(inputs);
        }
    }

    @Override
    public Buffer memory(String tensor) {
        return tensors.weights().get(tensor);
    }

    @Override
    public void close() {
        graph.close();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
}
