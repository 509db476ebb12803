package io.heimdall.model.input;

import io.heimdall.model.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A named tensor, without its first axis, the batch.
 *
 * <p>In memory each tensor is a {@link FloatTensor}: flags are 0 and 1, whole numbers are exact up to 2^24. The type
 * is the one that a model file declares.
 *
 * @param name unique among the tensors of a network or a model file: {@code mel_spectrogram}
 * @param type of its values in a model file
 * @param axes behind the batch, outermost first; only the first may be free
 */
public record TensorSpec(String name, Type type, List<Axis> axes) {

    /** What the values of a tensor are. */
    public enum Type {
        /** 32-bit floating-point numbers. */
        FLOAT,
        /** 1 for true, 0 for false. */
        FLAG,
        /** 64-bit whole numbers. */
        WHOLE
    }

    /** Checks the name and copies the axes. */
    public TensorSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a tensor needs a name");
        }
        axes = List.copyOf(axes);
        if (axes.stream().skip(1).anyMatch(Axis::isFree)) {
            throw new IllegalArgumentException("'" + name + "' has axes " + axes + ": only the first may be free");
        }
    }

    /** Returns a tensor of floating-point numbers with fixed axes. */
    public static TensorSpec floats(String name, int... lengths) {
        return new TensorSpec(
                name, Type.FLOAT, Arrays.stream(lengths).mapToObj(Axis::of).toList());
    }

    /** Returns the length of a fixed axis, counted from 0 behind the batch. */
    public int length(int axis) {
        return axes.get(axis).length();
    }

    /**
     * Checks a batch of this tensor.
     *
     * @param batch shape (batch, axes...), at least one row
     * @param free the lengths of free axes that are known already; completed with those of this tensor
     * @throws IllegalArgumentException with both shapes if it does not fit
     */
    public void check(FloatTensor batch, Map<String, Integer> free) {
        int[] shape = batch.shape();
        boolean fits = shape.length == axes.size() + 1 && shape[0] > 0;
        for (int i = 0; fits && i < axes.size(); i++) {
            Axis axis = axes.get(i);
            int length = shape[i + 1];
            fits = length > 0 && length == (axis.isFree() ? free.getOrDefault(axis.name(), length) : axis.length());
            if (fits && axis.isFree()) {
                free.put(axis.name(), length);
            }
        }
        if (!fits) {
            throw new IllegalArgumentException("'" + name + "' has shape " + Arrays.toString(shape) + ", expected "
                    + this + (free.isEmpty() ? "" : " with " + free));
        }
    }

    /** Returns the shape as text: {@code [batch, stations, 128, 32]}. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of("batch"), axes.stream().map(Axis::toString))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
