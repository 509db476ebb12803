package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.ParameterSpec;
import io.heimdall.model.weights.Weights;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tensors of the parity cases, each a pure function of its name, so that no one has to ship them.
 *
 * <p>With {@code u(name, i) = (splitmix64(fnv1a64(name) + i) >>> 40) / 2^23 - 1}, in [-1, 1):
 * <pre>{@code
 * weight      = u * sqrt(1 / fan_in)      bias, running_mean = 0.1 * u
 * norm weight = 1 + 0.1 * u               running_var        = 1 + 0.5 * |u|
 * features    = u("features.<step>", i)   targets            = u("targets.<step>", i)
 * }</pre>
 */
public final class SyntheticTensors {
    private SyntheticTensors() {}

    /** Returns {@code u(name, 0)} to {@code u(name, count - 1)}. */
    public static float[] uniform(String name, int count) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long x = hash + i + 0x9E3779B97F4A7C15L;
            x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
            x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
            x = x ^ (x >>> 31);
            values[i] = (float) (x >>> 40) / (1 << 23) - 1f;
        }
        return values;
    }

    /** Returns the batch of a step: each input of the network, which has no free axis, and targets (rows, 2). */
    public static Batch batch(NetworkSpec network, int rows, String prefix, int step) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        for (TensorSpec input : network.inputs()) {
            int[] shape = IntStream.concat(
                            IntStream.of(rows), input.axes().stream().mapToInt(Axis::length))
                    .toArray();
            float[] values = uniform(prefix + input.name() + "." + step, (int) FloatTensor.elements(shape));
            inputs.put(input.name(), FloatTensor.of(values, shape));
        }
        return new Batch(
                inputs,
                FloatTensor.of(uniform(prefix + "targets." + step, rows * 2), rows, 2),
                IntStream.range(0, rows).mapToObj(i -> "session-" + i).toList());
    }

    /** Returns the weights that the parity cases start from. */
    public static Weights weights(NetworkSpec network) {
        var tensors = new LinkedHashMap<String, FloatTensor>();
        for (ParameterSpec spec : network.parameters()) {
            int[] shape = spec.shape();
            float[] values = uniform(spec.name(), (int) FloatTensor.elements(shape));
            float scale = (float) Math.sqrt((double) shape[0] / values.length); // sqrt(1 / fan_in)
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (spec.kind()) {
                    case CONV_WEIGHT, LINEAR_WEIGHT -> values[i] * scale;
                    case LINEAR_BIAS, NORM_BIAS, RUNNING_MEAN, EMBEDDING -> 0.1f * values[i];
                    case NORM_WEIGHT -> 1f + 0.1f * values[i];
                    case RUNNING_VAR -> 1f + 0.5f * Math.abs(values[i]);
                };
            }
            tensors.put(spec.name(), FloatTensor.of(values, shape));
        }
        return new Weights(tensors);
    }
}
