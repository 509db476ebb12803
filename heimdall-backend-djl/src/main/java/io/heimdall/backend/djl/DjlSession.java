package io.heimdall.backend.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
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
import io.heimdall.model.optimizer.OptimizerState.Moments;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.optimizer.Parameter;
import io.heimdall.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** One network on the engine. Its fields are touched on the engine's thread only. */
final class DjlSession implements TrainingSession {
    private final NetworkSpec network;
    private final SessionOptions options;
    private final DataType type;
    private final List<ParameterSpec> trained;
    private final Map<String, EngineTensor> tensors = new LinkedHashMap<>();
    private NDManager memory;
    private OptimizerState optimizer;

    DjlSession(NetworkSpec network, SessionOptions options) {
        this.network = network;
        this.options = options;
        type = options.precision() == Precision.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
        trained = options.trained(network);
        Weights initial = Weights.initial(network, options.seed());
        PyTorchEngine.THREAD.call(() -> {
            memory = PyTorchEngine.engine().newBaseManager(Device.cpu());
            network.parameters().forEach(p -> tensors.put(p.name(), EngineTensor.allocate(memory, type, p.shape())));
            write(initial);
            optimizer = OptimizerState.initial(trained);
            return null;
        });
    }

    /** Runs work on the engine's thread with this session's settings. */
    private <T> T engine(String what, Callable<T> work) {
        return PyTorchEngine.THREAD.call(() -> {
            if (memory == null) {
                throw new IllegalStateException("the session is closed");
            }
            JniUtils.setNumThreads(options.threads());
            try {
                return work.call();
            } catch (EngineException e) {
                throw new ModelException("the PyTorch engine failed to " + what + ": " + e.getMessage(), e);
            }
        });
    }

    @Override
    public StepResult step(Batch batch, Loss loss, OptimizerStep settings) {
        network.checkTrainable(batch);
        return engine("do step " + settings.step(), () -> {
            // everything that the step makes, gradients included, goes with this manager
            try (NDManager scope = memory.newSubManager()) {
                List<ParameterSpec> moving = moving(settings);
                Map<String, NDArray> leaves = leaves(scope, moving);
                double value = backward(scope, leaves, batch, loss, options.stepSeed(settings.step()));
                if (!Double.isFinite(value)) {
                    return new StepResult(value, Double.NaN);
                }
                return new StepResult(value, update(moving, leaves, settings));
            }
        });
    }

    private List<ParameterSpec> moving(OptimizerStep settings) {
        return trained.stream().filter(p -> settings.moves(p.name())).toList();
    }

    /** Returns the tensors of the network, the moving ones under new handles that collect gradients. */
    private Map<String, NDArray> leaves(NDManager scope, List<ParameterSpec> moving) {
        var leaves = new LinkedHashMap<String, NDArray>();
        tensors.forEach((name, tensor) -> leaves.put(name, tensor.array()));
        for (ParameterSpec parameter : moving) {
            NDArray leaf = leaves.get(parameter.name()).stopGradient(); // shares the memory
            leaf.attach(scope);
            leaf.setRequiresGradient(true);
            leaves.put(parameter.name(), leaf);
        }
        return leaves;
    }

    /** Returns the loss; if it is finite, the gradients are in the leaves. */
    private double backward(NDManager scope, Map<String, NDArray> leaves, Batch batch, Loss loss, long stepSeed) {
        try (GradientCollector collector = PyTorchEngine.engine().newGradientCollector()) {
            NDArray numbers = ForwardPass.train(network, leaves, inputs(scope, batch.inputs()), stepSeed);
            double[] gradient = new double[batch.size() * network.output().width()];
            double value = loss.evaluate(
                    network.output(), doubles(numbers), batch.targets().values(), gradient);
            if (Double.isFinite(value)) {
                // d/dw sum(numbers * gradient) is the chain rule, with the loss's own derivative as a constant
                collector.backward(numbers.mul(constant(scope, gradient, numbers.getShape()))
                        .sum());
            }
            return value;
        }
    }

    private NDArray constant(NDManager scope, double[] values, Shape shape) {
        return scope.create(values, shape).toType(type, false);
    }

    private static double[] doubles(NDArray outputs) {
        return outputs.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** Moves the weights in the engine's memory and returns the gradient norm. */
    private double update(List<ParameterSpec> moving, Map<String, NDArray> leaves, OptimizerStep settings) {
        double norm = options.precision() == Precision.FLOAT64
                ? DoubleAdamW.update(doubleParameters(moving, leaves), optimizer, settings)
                : AdamW.update(floatParameters(moving, leaves), optimizer, settings, options.threads());
        if (Double.isFinite(norm)) {
            optimizer = optimizer.at(settings.step());
        }
        return norm;
    }

    private List<Parameter> floatParameters(List<ParameterSpec> moving, Map<String, NDArray> leaves) {
        return moving.stream()
                .map(p -> new Parameter(
                        p.name(),
                        tensors.get(p.name()).floats(),
                        gradient(leaves, p).floats()))
                .toList();
    }

    private List<DoubleParameter> doubleParameters(List<ParameterSpec> moving, Map<String, NDArray> leaves) {
        return moving.stream()
                .map(p -> new DoubleParameter(
                        p.name(),
                        tensors.get(p.name()).doubles(),
                        gradient(leaves, p).doubles()))
                .toList();
    }

    private static EngineTensor gradient(Map<String, NDArray> leaves, ParameterSpec parameter) {
        return EngineTensor.of(leaves.get(parameter.name()).getGradient());
    }

    private Map<String, NDArray> inputs(NDManager scope, Map<String, FloatTensor> inputs) {
        var arrays = new LinkedHashMap<String, NDArray>();
        inputs.forEach((name, tensor) -> arrays.put(
                name,
                scope.create(tensor.values(), EngineTensor.shape(tensor.shape()))
                        .toType(type, false)));
        return arrays;
    }

    @Override
    public FloatTensor predict(Map<String, FloatTensor> inputs) {
        int rows = network.checkPredictable(inputs);
        return engine("predict", () -> {
            try (NDManager scope = memory.newSubManager()) {
                var arrays = new LinkedHashMap<String, NDArray>();
                tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
                NDArray numbers = ForwardPass.predict(network, arrays, inputs(scope, inputs));
                return FloatTensor.of(
                        numbers.toType(DataType.FLOAT32, false).toFloatArray(),
                        rows,
                        network.output().width());
            }
        });
    }

    @Override
    public NetworkSpec network() {
        return network;
    }

    @Override
    public Weights weights() {
        return engine("read its weights", () -> {
            var copies = new LinkedHashMap<String, FloatTensor>();
            tensors.forEach((name, tensor) -> copies.put(name, tensor.read()));
            return new Weights(copies);
        });
    }

    @Override
    public void load(Weights weights) {
        Weights checked = weights.check(network);
        engine("take weights", () -> {
            write(checked);
            return null;
        });
    }

    private void write(Weights weights) {
        weights.tensors().forEach((name, values) -> tensors.get(name).write(values));
    }

    @Override
    public OptimizerState optimizer() {
        return engine("read the optimiser", () -> ordered(optimizer, ChannelsLast::fromMemory));
    }

    @Override
    public void load(OptimizerState state) {
        state.check(trained);
        OptimizerState own = ordered(state, ChannelsLast::toMemory);
        engine("take an optimiser state", () -> {
            optimizer = own;
            return null;
        });
    }

    /** Returns a copy of a state in another order; the optimiser sees moments in the order of the engine's memory. */
    private OptimizerState ordered(OptimizerState state, BiFunction<float[], Shape, float[]> order) {
        var ordered = new LinkedHashMap<String, Moments>();
        for (ParameterSpec parameter : trained) {
            Shape shape = EngineTensor.shape(parameter.shape());
            Moments moments = state.moments().get(parameter.name());
            ordered.put(
                    parameter.name(),
                    new Moments(order.apply(moments.first(), shape), order.apply(moments.second(), shape)));
        }
        return new OptimizerState(state.step(), ordered);
    }

    @Override
    public void close() {
        PyTorchEngine.THREAD.call(() -> {
            if (memory != null) {
                memory.close();
                memory = null;
                tensors.clear(); // with the views, which point to freed memory now
            }
            return null;
        });
    }
}
