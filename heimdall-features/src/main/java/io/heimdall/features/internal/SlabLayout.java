package io.heimdall.features.internal;

/**
 * The layout of a frame's floats in a slab: number {@code i} is in row {@code i % rows} and column {@code i / rows}.
 */
public final class SlabLayout {
    /** Floats from row to row of a regular slab: a constant, for the sake of the compiler. */
    public static final int REGULAR_PITCH = 16;

    private final int rows;
    private final int columns;
    private final int pitch;
    private final int[] place;
    private final boolean regular;

    /** Lays out frames of {@code floats} floats. */
    public SlabLayout(int floats, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        regular = floats / 4 % rows == 0 && rows % 2 == 0 && columns <= REGULAR_PITCH;
        pitch = regular ? REGULAR_PITCH : columns;
        place = new int[floats];
        for (int i = 0; i < floats; i++) {
            place[i] = i % rows * pitch + i / rows;
        }
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns. */
    public int columns() {
        return columns;
    }

    /** Returns the floats from row to row. */
    public int pitch() {
        return pitch;
    }

    /** Returns the places of all floats. */
    public int[] place() {
        return place;
    }

    /** Returns whether a quarter of a frame is a number of whole columns, a pair never parted, and the pitch the constant one. */
    public boolean regular() {
        return regular;
    }

    /** Returns the columns that a quarter of a frame takes, where regular. */
    public int quarterColumns() {
        return place.length / 4 / rows;
    }
}
