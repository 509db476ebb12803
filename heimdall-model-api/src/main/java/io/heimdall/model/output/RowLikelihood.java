package io.heimdall.model.output;

/**
 * What one row of a network's numbers says of places, with the derivatives by its numbers. What depends on the row alone is
 * computed once, so that many places cost little more than one. Not safe for use by several threads.
 */
public interface RowLikelihood {

    /**
     * Returns {@code -log p(east, north)} with its constant {@code log 2 pi}, and adds its derivatives by the row's numbers to
     * those of the places before.
     *
     * @param east the true place, in the unit of the plane
     * @param north the true place, in the unit of the plane
     * @return nats, of a density in one over squared units of the plane
     */
    double add(double east, double north);

    /**
     * Writes the derivatives of the sum over all places added, times a scale.
     *
     * @param scale such as one over the number of places
     * @param gradient the row at {@code offset} is overwritten
     * @param offset index of the row's first number
     * @throws IndexOutOfBoundsException if the row does not fit
     */
    void write(double scale, double[] gradient, int offset);
}
