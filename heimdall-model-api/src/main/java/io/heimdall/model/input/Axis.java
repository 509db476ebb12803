package io.heimdall.model.input;

/**
 * One axis of a tensor.
 *
 * @param name of a free axis: axes of one name have the same length in all tensors of a batch; empty for a fixed one
 * @param length of a fixed axis, at least 1; {@link #FREE} where only a batch decides it
 */
public record Axis(String name, int length) {
    /** The length of an axis that only a batch decides. */
    public static final int FREE = -1;

    /** Checks that a free axis has a name and a fixed one a length. */
    public Axis {
        if (length == FREE ? name.isBlank() : length < 1) {
            throw new IllegalArgumentException("axis '" + name + "' of length " + length
                    + ": expected a length of at least 1, or a name and length " + FREE);
        }
    }

    /** Returns an axis of fixed length. */
    public static Axis of(int length) {
        return new Axis("", length);
    }

    /** Returns an axis whose length a batch decides. */
    public static Axis free(String name) {
        return new Axis(name, FREE);
    }

    /** Returns whether only a batch decides the length. */
    public boolean isFree() {
        return length == FREE;
    }

    @Override
    public String toString() {
        return isFree() ? name : Integer.toString(length);
    }
}
