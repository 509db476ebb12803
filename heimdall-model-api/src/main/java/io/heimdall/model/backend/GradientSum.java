package io.heimdall.model.backend;

import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The weighted sum of the gradients of several batches, in the order of an engine's memory. */
final class GradientSum {
    private final List<ParameterSpec> tensors;
    private final Map<String, Buffer> sums = new HashMap<>();

    GradientSum(List<ParameterSpec> tensors) {
        this.tensors = tensors;
    }

    /** Adds gradients, {@link FloatBuffer}s or {@link DoubleBuffer}s, times a weight. */
    void add(Function<String, Buffer> gradients, double weight) {
        for (ParameterSpec tensor : tensors) {
            Buffer gradient = gradients.apply(tensor.name());
            if (gradient instanceof DoubleBuffer doubles) {
                DoubleBuffer sum = (DoubleBuffer)
                        sums.computeIfAbsent(tensor.name(), name -> DoubleBuffer.allocate(doubles.remaining()));
                for (int i = 0; i < sum.capacity(); i++) {
                    sum.put(i, sum.get(i) + weight * doubles.get(doubles.position() + i));
                }
            } else {
                FloatBuffer floats = (FloatBuffer) gradient;
                FloatBuffer sum = (FloatBuffer)
                        sums.computeIfAbsent(tensor.name(), name -> FloatBuffer.allocate(floats.remaining()));
                for (int i = 0; i < sum.capacity(); i++) {
                    sum.put(i, (float) (sum.get(i) + weight * floats.get(floats.position() + i)));
                }
            }
        }
    }

    /** Returns the sum of a tensor's gradients. */
    Buffer of(String tensor) {
        return sums.get(tensor);
    }
}
