package io.heimdall.backend.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.EngineNetwork;
import io.heimdall.model.backend.Precision;
import io.heimdall.model.backend.StepResult;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** One network on the engine. */
final class DjlNetwork implements EngineNetwork {
    private final NetworkSpec network;
    private final DataType type;
    private final Map<String, EngineTensor> tensors = new LinkedHashMap<>();
    private final NDManager memory;

    /** Allocates the tensors; their values are arbitrary. */
    DjlNetwork(NetworkSpec network, Precision precision) {
        this.network = network;
        type = precision == Precision.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
        memory = PyTorchEngine.engine().newBaseManager(Device.cpu());
        network.parameters().forEach(p -> tensors.put(p.name(), EngineTensor.allocate(memory, type, p.shape())));
    }

    @Override
    public StepResult step(
            Batch batch,
            Loss loss,
            long stepSeed,
            List<ParameterSpec> moving,
            ToDoubleFunction<Function<String, Buffer>> update) {
        // everything that the step makes, gradients included, goes with this manager
        try (NDManager scope = memory.newSubManager()) {
            Map<String, NDArray> leaves = leaves(scope, moving);
            double value = backward(scope, leaves, batch, loss, stepSeed);
            if (!Double.isFinite(value)) {
                return new StepResult(value, Double.NaN);
            }
            double norm = update.applyAsDouble(
                    name -> EngineTensor.of(leaves.get(name).getGradient()).view());
            return new StepResult(value, norm);
        }
    }

    /** Returns the tensors of the network, the moving ones under new handles that collect gradients. */
    private Map<String, NDArray> leaves(NDManager scope, List<ParameterSpec> moving) {
        Map<String, NDArray> leaves = arrays();
        for (ParameterSpec parameter : moving) {
            NDArray leaf = leaves.get(parameter.name()).stopGradient(); // shares the memory
            leaf.attach(scope);
            leaf.setRequiresGradient(true);
            leaves.put(parameter.name(), leaf);
        }
        return leaves;
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
        return arrays;
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
        try (NDManager scope = memory.newSubManager()) {
            NDArray numbers = ForwardPass.predict(network, arrays(), inputs(scope, inputs));
            float[] values = numbers.toType(DataType.FLOAT32, false).toFloatArray();
            int width = network.output().width();
            return FloatTensor.of(values, values.length / width, width);
        }
    }

    @Override
    public Buffer memory(String tensor) {
        return tensors.get(tensor).view();
    }

    @Override
    public float[] toMemory(ParameterSpec tensor, float[] values) {
        return ChannelsLast.toMemory(values, EngineTensor.shape(tensor.shape()));
    }

    @Override
    public float[] fromMemory(ParameterSpec tensor, float[] values) {
        return ChannelsLast.fromMemory(values, EngineTensor.shape(tensor.shape()));
    }

    @Override
    public void close() {
        memory.close();
        tensors.clear(); // with the views, which point to freed memory now
    }
}
