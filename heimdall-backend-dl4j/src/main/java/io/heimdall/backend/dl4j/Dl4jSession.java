package io.heimdall.backend.dl4j;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.Prediction;
import io.heimdall.model.backend.Precision;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.optimizer.AdamW;
import io.heimdall.model.optimizer.DoubleAdamW;
import io.heimdall.model.optimizer.DoubleParameter;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.optimizer.Parameter;
import io.heimdall.model.weights.Weights;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.exception.ND4JException;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** One network in a computation graph. Its fields are touched on the engine's thread only. */
final class Dl4jSession implements TrainingSession {
    private final NetworkSpec network;
    private final SessionOptions options;
    private final DataType type;
    private final List<ParameterSpec> trained;
    private final OutputLoss loss = new OutputLoss();
    private final AtomicLong stepSeed = new AtomicLong();
    private final Map<String, Integer> normSizes;
    private ComputationGraph graph;
    private FlatTensors tensors;
    private OptimizerState optimizer;

    Dl4jSession(NetworkSpec network, SessionOptions options) {
        this.network = network;
        this.options = options;
        type = options.precision() == Precision.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT;
        trained = options.trained(network);
        Weights initial = Weights.initial(network, options.seed());
        var description = LayerGraph.of(network, options.precision(), loss, stepSeed);
        normSizes = description.normSizes();
        Nd4jEngine.THREAD.call(() -> {
            graph = new ComputationGraph(description.graph());
            graph.init();
            graph.initGradientsView();
            tensors = FlatTensors.of(graph, network);
            initial.tensors().forEach(tensors::write);
            optimizer = OptimizerState.initial(trained);
            return null;
        });
    }

    /** Runs work on the engine's thread with this session's settings. */
    private <T> T engine(String what, Callable<T> work) {
        return Nd4jEngine.THREAD.call(() -> {
            if (graph == null) {
                throw new IllegalStateException("the session is closed");
            }
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(options.threads());
            try {
                return work.call();
            } catch (ND4JException | OutOfMemoryError e) {
                throw new ModelException("Deeplearning4j failed to " + what + ": " + e.getMessage(), e);
            }
        });
    }

    @Override
    public StepResult step(Batch batch, Loss stepLoss, OptimizerStep settings) {
        network.checkTrainable(batch);
        return engine("do step " + settings.step(), () -> {
            stepSeed.set(options.stepSeed(settings.step()));
            loss.expect(stepLoss, batch.targets().values());
            try (INDArray features = array(batch.features());
                    INDArray targets = array(batch.targets())) {
                graph.setInputs(features);
                graph.setLabels(targets);
                graph.computeGradientAndScore();
            } finally {
                graph.clear(); // which would hold on to the batch
            }
            moveStatistics(batch.size());
            if (!Double.isFinite(loss.value())) {
                return new StepResult(loss.value(), Double.NaN);
            }
            return new StepResult(loss.value(), update(settings));
        });
    }

    /**
     * Moves the running statistics.
     *
     * <p>The graph gives the change it would make, {@code momentum (running - batch)}, with the biased variance; PyTorch
     * takes the unbiased one, larger by {@code n / (n - 1)}.
     */
    private void moveStatistics(int rows) {
        for (ParameterSpec spec : network.parameters()) {
            if (!spec.kind().trained()) {
                String norm = spec.name().substring(0, spec.name().lastIndexOf('.'));
                double n = (double) rows * normSizes.get(norm);
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
        var layer = (org.deeplearning4j.nn.conf.layers.BatchNormalization)
                graph.getLayer(norm).conf().getLayer();
        return 1 - layer.getDecay();
    }

    /** Moves the weights in the engine's memory and returns the gradient norm. */
    private double update(OptimizerStep settings) {
        List<ParameterSpec> moving =
                trained.stream().filter(p -> settings.moves(p.name())).toList();
        double norm = options.precision() == Precision.FLOAT64
                ? DoubleAdamW.update(doubleParameters(moving), optimizer, settings)
                : AdamW.update(floatParameters(moving), optimizer, settings, options.threads());
        if (Double.isFinite(norm)) {
            optimizer = optimizer.at(settings.step());
        }
        return norm;
    }

    private List<Parameter> floatParameters(List<ParameterSpec> moving) {
        return moving.stream()
                .map(p ->
                        new Parameter(p.name(), (FloatBuffer) tensors.weights().get(p.name()), (FloatBuffer)
                                tensors.gradients().get(p.name())))
                .toList();
    }

    private List<DoubleParameter> doubleParameters(List<ParameterSpec> moving) {
        return moving.stream()
                .map(p -> new DoubleParameter(
                        p.name(), (DoubleBuffer) tensors.weights().get(p.name()), (DoubleBuffer)
                                tensors.gradients().get(p.name())))
                .toList();
    }

    private INDArray array(FloatTensor tensor) {
        long[] shape = new long[tensor.shape().length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.shape()[i];
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
    public Prediction predict(FloatTensor features) {
        network.checkPredictable(features);
        return engine("predict", () -> {
            try (INDArray input = array(features);
                    INDArray outputs = graph.output(false, input)[0]) {
                int rows = features.rows();
                FloatTensor position = FloatTensor.zeros(rows, 2);
                FloatTensor sigma = FloatTensor.zeros(rows, 2);
                for (int i = 0; i < 2 * rows; i++) {
                    position.values()[i] = outputs.getFloat(i / 2, i % 2);
                    sigma.values()[i] = outputs.getFloat(i / 2, 2 + i % 2);
                }
                return new Prediction(position, sigma);
            } finally {
                graph.clear();
            }
        });
    }

    @Override
    public Weights weights() {
        return engine("read its weights", () -> {
            var copies = new LinkedHashMap<String, FloatTensor>();
            network.parameters().forEach(spec -> copies.put(spec.name(), tensors.read(spec)));
            return new Weights(copies);
        });
    }

    @Override
    public void load(Weights weights) {
        Weights checked = weights.check(network);
        engine("take weights", () -> {
            checked.tensors().forEach(tensors::write);
            return null;
        });
    }

    @Override
    public OptimizerState optimizer() {
        return engine("read the optimiser", () -> optimizer.copy());
    }

    @Override
    public void load(OptimizerState state) {
        state.check(trained);
        OptimizerState own = state.copy();
        engine("take an optimiser state", () -> {
            optimizer = own;
            return null;
        });
    }

    @Override
    public void close() {
        Nd4jEngine.THREAD.call(() -> {
            if (graph != null) {
                graph.close();
                graph = null;
                tensors = null; // views of freed memory now
                Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
            }
            return null;
        });
    }
}
