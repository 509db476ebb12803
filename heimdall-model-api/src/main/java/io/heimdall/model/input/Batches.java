package io.heimdall.model.input;

import io.heimdall.model.FloatTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks that hold for any batch of named tensors. */
public final class Batches {
    private static final int BLOCK = 512;

    private Batches() {}

    /**
     * Checks names, shapes and rows.
     *
     * @param specs the tensors that there have to be
     * @param batch the tensors by name, each of shape (batch, axes...)
     * @return the number of rows
     * @throws IllegalArgumentException naming the tensor that is missing, unknown or of another shape
     */
    public static int check(List<TensorSpec> specs, Map<String, FloatTensor> batch) {
        Map<String, Integer> free = new HashMap<>();
        int rows = -1;
        for (TensorSpec spec : specs) {
            FloatTensor tensor = batch.get(spec.name());
            if (tensor == null) {
                throw new IllegalArgumentException("'" + spec.name() + "' is missing; there are " + batch.keySet()
                        + ", expected are " + names(specs));
            }
            spec.check(tensor, free);
            if (rows != -1 && tensor.rows() != rows) {
                throw new IllegalArgumentException(
                        "'" + spec.name() + "' has " + tensor.rows() + " rows, the tensors before it have " + rows);
            }
            rows = tensor.rows();
        }
        if (batch.size() != specs.size()) {
            throw new IllegalArgumentException("tensors " + batch.keySet() + ", expected are " + names(specs));
        }
        return rows;
    }

    /**
     * Puts rows into one batch. A free axis gets the length of the longest row; the others are filled with zeros behind their
     * own values.
     *
     * @param specs the tensors of each row
     * @param rows tensors by name, each of shape (axes...), at least one row
     * @return the tensors by name, each of shape (batch, axes...)
     */
    public static Map<String, FloatTensor> stack(List<TensorSpec> specs, List<Map<String, FloatTensor>> rows) {
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        for (TensorSpec spec : specs) {
            List<FloatTensor> tensors = rows.stream()
                    .map(row -> Objects.requireNonNull(row.get(spec.name()), spec.name()))
                    .toList();
            batch.put(spec.name(), stack(tensors));
        }
        return batch;
    }

    private static FloatTensor stack(List<FloatTensor> rows) {
        int[] shape = rows.get(0).shape().clone();
        rows.forEach(row -> Arrays.setAll(shape, axis -> Math.max(shape[axis], row.shape()[axis])));
        int[] batchShape = new int[shape.length + 1];
        batchShape[0] = rows.size();
        System.arraycopy(shape, 0, batchShape, 1, shape.length);
        FloatTensor batch = FloatTensor.zeros(batchShape);
        int length = batch.values().length / rows.size();
        for (int row = 0; row < rows.size(); row++) {
            FloatTensor tensor = rows.get(row);
            // Only the first axis may be free: what is missing is missing at the end.
            System.arraycopy(tensor.values(), 0, batch.values(), row * length, tensor.values().length);
        }
        return batch;
    }

    /** Returns the rows {@code from} to {@code to - 1} of a batch; the values are copied. */
    public static Map<String, FloatTensor> rows(Map<String, FloatTensor> batch, int from, int to) {
        Map<String, FloatTensor> rows = new LinkedHashMap<>();
        batch.forEach((name, tensor) -> {
            int[] shape = tensor.shape().clone();
            int length = tensor.values().length / shape[0];
            shape[0] = to - from;
            rows.put(name, FloatTensor.of(Arrays.copyOfRange(tensor.values(), from * length, to * length), shape));
        });
        return rows;
    }

    /**
     * Puts several batches into one, filling free axes with zeros as {@link #stack} does.
     *
     * @param batches of the same tensors, at least one
     */
    public static Map<String, FloatTensor> joined(List<Map<String, FloatTensor>> batches) {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        Map<String, FloatTensor> joined = new LinkedHashMap<>();
        for (String name : batches.get(0).keySet()) {
            joined.put(name, join(batches.stream().map(batch -> batch.get(name)).toList()));
        }
        return joined;
    }

    private static FloatTensor join(List<FloatTensor> batches) {
        FloatTensor joined = FloatTensor.zeros(joinedShape(batches));
        int length = joined.values().length / joined.rows();
        int row = 0;
        for (FloatTensor batch : batches) {
            int own = batch.values().length / batch.rows();
            for (int i = 0; i < batch.rows(); i++) {
                System.arraycopy(batch.values(), i * own, joined.values(), row++ * length, own);
            }
        }
        return joined;
    }

    /**
     * Returns the shape of the batch that has the rows of several, a free axis being as long as the longest row's.
     *
     * @param batches one tensor of several batches, at least one, each of shape (batch, axes...)
     */
    public static int[] joinedShape(List<FloatTensor> batches) {
        int[] shape = batches.get(0).shape().clone();
        batches.forEach(batch -> Arrays.setAll(shape, axis -> Math.max(shape[axis], batch.shape()[axis])));
        shape[0] = batches.stream().mapToInt(FloatTensor::rows).sum();
        return shape;
    }

    /** Returns the index of the first value that is not a finite number, or -1. */
    public static int notFinite(FloatTensor tensor) {
        float[] values = tensor.values();
        float[] zeros = new float[Math.min(BLOCK, values.length)];
        int from = 0;
        for (; from + BLOCK <= values.length; from += BLOCK) {
            addTimesZero(values, from, zeros);
        }
        boolean finite = true;
        for (float zero : zeros) {
            finite &= zero == 0;
        }
        for (int i = finite ? from : 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Adds 0, or NaN where a value is not finite: the compiler computes several in one instruction, of questions it would not. */
    private static void addTimesZero(float[] values, int from, float[] zeros) {
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] += values[from + i] * 0f;
        }
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
