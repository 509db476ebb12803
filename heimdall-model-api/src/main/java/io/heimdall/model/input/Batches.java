package io.heimdall.model.input;

import io.heimdall.model.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds for any batch of named tensors. */
public final class Batches {
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

    /** Returns the index of the first value that is not a finite number, or -1. */
    public static int notFinite(FloatTensor tensor) {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }
}
