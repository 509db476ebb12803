package io.heimdall.localization.posterior;

import java.util.Arrays;

/**
 * The cells of a grid that refines itself: a square of equal cells, any of which is cut into four, and those again. Confined to
 * one thread while it grows.
 *
 * <p>Cells are numbered; the four children of a cell follow each other: south-west, south-east, north-west, north-east.
 * Coordinates of a cell count cells of its own level from the south-west.
 */
final class CellTree {
    /** Cells along each side before any is cut. */
    static final int ROOTS = 32;

    private static final int LEAF = -1;

    private int[] level = new int[4096];
    private int[] column = new int[4096];
    private int[] row = new int[4096];
    private int[] child = new int[4096];
    private int size;

    CellTree() {
        for (int i = 0; i < ROOTS * ROOTS; i++) {
            add(0, i % ROOTS, i / ROOTS);
        }
    }

    private void add(int ofLevel, int ofColumn, int ofRow) {
        if (size == level.length) {
            level = Arrays.copyOf(level, 2 * size);
            column = Arrays.copyOf(column, 2 * size);
            row = Arrays.copyOf(row, 2 * size);
            child = Arrays.copyOf(child, 2 * size);
        }
        level[size] = ofLevel;
        column[size] = ofColumn;
        row[size] = ofRow;
        child[size++] = LEAF;
    }

    /** Cuts a cell and returns the number of the first of its four children. */
    int cut(int cell) {
        int first = size;
        child[cell] = first;
        for (int quarter = 0; quarter < 4; quarter++) {
            add(level[cell] + 1, 2 * column[cell] + (quarter & 1), 2 * row[cell] + (quarter >> 1));
        }
        return first;
    }

    /** Returns the number of cells, cut ones too. */
    int size() {
        return size;
    }

    boolean isLeaf(int cell) {
        return child[cell] == LEAF;
    }

    /** Returns how often the square was cut to make a cell, beyond the roots. */
    int level(int cell) {
        return level[cell];
    }

    /** Returns a cell's side, as a share of the square's. */
    double side(int cell) {
        return Math.scalb(1.0 / ROOTS, -level[cell]);
    }

    /** Returns the western side of a cell, 0..1. */
    double west(int cell) {
        return column[cell] * side(cell);
    }

    /** Returns the southern side of a cell, 0..1. */
    double south(int cell) {
        return row[cell] * side(cell);
    }

    /** Returns a number other than 0 that tells a cell from all others, below 2^60. */
    long name(int cell) {
        return (ROOTS * (1L << level[cell]) | column[cell]) << 30 | row[cell];
    }

    int column(int cell) {
        return column[cell];
    }

    int row(int cell) {
        return row[cell];
    }

    /** Returns the leaf that holds a place of the square, or -1 beside it. */
    int leafAt(double x, double y) {
        if (!(x >= 0 && x < 1 && y >= 0 && y < 1)) {
            return -1;
        }
        int cell = (int) (y * ROOTS) * ROOTS + (int) (x * ROOTS);
        while (child[cell] != LEAF) {
            double half = side(cell) / 2;
            cell = child[cell] + (x >= west(cell) + half ? 1 : 0) + (y >= south(cell) + half ? 2 : 0);
        }
        return cell;
    }
}
