package io.heimdall.export;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The memory of the inputs of one run, kept for later ones: memory that is mapped and cleared for every run costs more than the copy.
 * Not thread-safe; its tensors hold the values of the last run.
 */
final class OnnxInputs {
    private final OrtEnvironment environment;
    private final List<TensorSpec> specs;
    private final ByteBuffer[] memory;

    /** Takes the rows of batches, one after the other. */
    private interface Target {
        void put(float[] values, int from, int to);
    }

    OnnxInputs(OrtEnvironment environment, List<TensorSpec> specs) {
        this.environment = environment;
        this.specs = specs;
        this.memory = new ByteBuffer[specs.size()];
    }

    /**
     * Makes the tensors that have the rows of several batches, a free axis being filled with zeros behind a row's own values.
     *
     * @param batches at least one
     * @param tensors that are made are put here by name, also where a later one fails, and to be closed
     * @throws IllegalArgumentException if a value is not finite
     */
    void put(List<Map<String, FloatTensor>> batches, Map<String, OnnxTensor> tensors) throws OrtException {
        for (int input = 0; input < memory.length; input++) {
            String name = specs.get(input).name();
            List<FloatTensor> parts =
                    batches.stream().map(batch -> batch.get(name)).toList();
            parts.forEach(part -> checkFinite(name, part));
            tensors.put(name, tensor(input, parts));
        }
    }

    private static void checkFinite(String name, FloatTensor part) {
        int at = Batches.notFinite(part);
        if (at >= 0) {
            throw new IllegalArgumentException(
                    "value " + at + " of '" + name + "' is " + part.values()[at] + ", expected finite numbers");
        }
    }

    private OnnxTensor tensor(int input, List<FloatTensor> parts) throws OrtException {
        int[] shape = Batches.joinedShape(parts);
        int count = Math.toIntExact(FloatTensor.elements(shape));
        long[] axes = Arrays.stream(shape).asLongStream().toArray();
        int row = count / Math.max(1, shape[0]);
        return switch (specs.get(input).type()) {
            case FLOAT -> {
                FloatBuffer floats = memory(input, Float.BYTES, count).asFloatBuffer();
                put(parts, row, (values, from, to) -> floats.put(values, from, to - from));
                yield OnnxTensor.createTensor(environment, floats.flip(), axes);
            }
            case FLAG -> {
                ByteBuffer flags = memory(input, 1, count);
                put(parts, row, (values, from, to) -> {
                    for (int i = from; i < to; i++) {
                        flags.put((byte) (values[i] > 0.5f ? 1 : 0));
                    }
                });
                yield OnnxTensor.createTensor(environment, flags.flip(), axes, OnnxJavaType.BOOL);
            }
            case WHOLE -> {
                LongBuffer numbers = memory(input, Long.BYTES, count).asLongBuffer();
                put(parts, row, (values, from, to) -> {
                    for (int i = from; i < to; i++) {
                        numbers.put((long) values[i]);
                    }
                });
                yield OnnxTensor.createTensor(environment, numbers.flip(), axes);
            }
        };
    }

    private static void put(List<FloatTensor> parts, int row, Target target) {
        float[] zeros = {};
        for (FloatTensor part : parts) {
            int own = part.values().length / Math.max(1, part.rows());
            if (own == row) {
                target.put(part.values(), 0, part.values().length);
                continue;
            }
            zeros = zeros.length == row ? zeros : new float[row];
            for (int i = 0; i < part.rows(); i++) {
                target.put(part.values(), i * own, (i + 1) * own);
                target.put(zeros, own, row);
            }
        }
    }

    private ByteBuffer memory(int input, int bytes, int count) {
        int needed = Math.multiplyExact(bytes, count);
        if (memory[input] == null || memory[input].capacity() < needed) {
            memory[input] = ByteBuffer.allocateDirect(needed).order(ByteOrder.nativeOrder());
        }
        return memory[input].clear();
    }
}
