package io.heimdall.backend.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.Prediction;
import io.heimdall.model.backend.SessionOptions;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.optimizer.AdamW;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.optimizer.Parameter;
import io.heimdall.model.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One network on the engine. Its fields are touched on the engine's thread only. */
final class DjlSession implements TrainingSession {
    private final NetworkSpec network;
    private final SessionOptions options;
    private final List<ParameterSpec> trained;
    private final Map<String, EngineTensor> tensors = new LinkedHashMap<>();
    private NDManager memory;
    private OptimizerState optimizer;

    DjlSession(NetworkSpec network, SessionOptions options) {
        this.network = network;
        this.options = options;
        trained = options.trained(network);
        Weights initial = Weights.initial(network, options.seed());
        EngineThread.call(() -> {
            memory = PyTorchEngine.engine().newBaseManager(Device.cpu());
            network.parameters().forEach(p -> tensors.put(p.name(), EngineTensor.allocate(memory, p.shape())));
            write(initial);
            optimizer = OptimizerState.initial(trained);
            return null;
        });
    }

    /** Runs work on the engine's thread with this session's settings. */
    private <T> T engine(String what, Callable<T> work) {
        return EngineThread.call(() -> {
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
            JniUtils.setSeed(options.stepSeed(settings.step()));
            // everything that the step makes, gradients included, goes with this manager
            try (NDManager scope = memory.newSubManager()) {
                Map<String, NDArray> leaves = leaves(scope);
                double value = backward(scope, leaves, batch, loss);
                if (!Double.isFinite(value)) {
                    return new StepResult(value, Double.NaN);
                }
                return new StepResult(value, update(leaves, settings));
            }
        });
    }

    /** Returns the tensors of the network, the trained ones under new handles that collect gradients. */
    private Map<String, NDArray> leaves(NDManager scope) {
        var leaves = new LinkedHashMap<String, NDArray>();
        tensors.forEach((name, tensor) -> leaves.put(name, tensor.array()));
        for (ParameterSpec parameter : trained) {
            NDArray leaf = leaves.get(parameter.name()).stopGradient(); // shares the memory
            leaf.attach(scope);
            leaf.setRequiresGradient(true);
            leaves.put(parameter.name(), leaf);
        }
        return leaves;
    }

    /** Returns the loss; if it is finite, the gradients are in the leaves. */
    private double backward(NDManager scope, Map<String, NDArray> leaves, Batch batch, Loss loss) {
        try (GradientCollector collector = PyTorchEngine.engine().newGradientCollector()) {
            NDList outputs = ForwardPass.run(network, leaves, true, features(scope, batch.features()));
            NDArray position = outputs.get(0);
            NDArray sigma = outputs.get(1);
            float[] positionGradient = new float[2 * batch.size()];
            float[] sigmaGradient = new float[2 * batch.size()];
            double value = loss.evaluate(
                    position.toFloatArray(),
                    sigma.toFloatArray(),
                    batch.targets().values(),
                    positionGradient,
                    sigmaGradient);
            if (Double.isFinite(value)) {
                // d/dw sum(output * gradient) is the chain rule, with the loss's own derivative as a constant
                NDArray chained = position.mul(scope.create(positionGradient, position.getShape()))
                        .add(sigma.mul(scope.create(sigmaGradient, sigma.getShape())))
                        .sum();
                collector.backward(chained);
            }
            return value;
        }
    }

    /** Moves the weights in the engine's memory and returns the gradient norm. */
    private double update(Map<String, NDArray> leaves, OptimizerStep settings) {
        List<Parameter> parameters = trained.stream()
                .map(p -> new Parameter(
                        p.name(),
                        tensors.get(p.name()).view(),
                        EngineTensor.of(leaves.get(p.name()).getGradient()).view()))
                .toList();
        double norm = AdamW.update(parameters, optimizer, settings, options.threads());
        if (Double.isFinite(norm)) {
            optimizer = optimizer.at(settings.step());
        }
        return norm;
    }

    private static NDArray features(NDManager scope, FloatTensor features) {
        return scope.create(features.values(), EngineTensor.shape(features.shape()));
    }

    @Override
    public Prediction predict(FloatTensor features) {
        network.checkFeatures(features);
        return engine("predict", () -> {
            try (NDManager scope = memory.newSubManager()) {
                var arrays = new LinkedHashMap<String, NDArray>();
                tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
                NDList outputs = ForwardPass.run(network, arrays, false, features(scope, features));
                return new Prediction(
                        FloatTensor.of(outputs.get(0).toFloatArray(), features.rows(), 2),
                        FloatTensor.of(outputs.get(1).toFloatArray(), features.rows(), 2));
            }
        });
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
        EngineThread.call(() -> {
            if (memory != null) {
                memory.close();
                memory = null;
                tensors.clear(); // with the views, which point to freed memory now
            }
            return null;
        });
    }
}
