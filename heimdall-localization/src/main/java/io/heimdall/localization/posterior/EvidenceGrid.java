package io.heimdall.localization.posterior;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.posterior.CellDensity.Blur;
import io.heimdall.localization.posterior.CellDensity.Spot;
import java.lang.ref.SoftReference;
import java.util.List;

/**
 * Evidence that is multiplied again and again, each time with other exponents. The log likelihoods of a cell do not depend on the
 * exponents, so each is computed once and kept as long as memory suffices. Not for several threads at a time.
 *
 * <p>The grid of each product is the one that {@link Posterior#of} would make.
 */
public final class EvidenceGrid {
    private final SearchArea area;
    private final List<Evidence> evidence;
    private final double finestM;
    private final int cells;
    private SoftReference<CellLogs> known = new SoftReference<>(null);

    /**
     * Prepares products; nothing is computed yet.
     *
     * @param evidence all of it on the same plane, in metres
     * @param finestM side under which no cell is cut, metres, above 0
     * @param cells the most leaves of the grid, 1024 at least
     * @throws IllegalArgumentException if a bound is out of range
     */
    public EvidenceGrid(SearchArea area, List<Evidence> evidence, double finestM, int cells) {
        Posterior.checkBounds(finestM, cells);
        this.area = area;
        this.evidence = List.copyOf(evidence);
        this.finestM = finestM;
        this.cells = cells;
    }

    /** Takes a cell of a product. */
    @FunctionalInterface
    public interface CellVisitor {
        /**
         * Takes one cell.
         *
         * @param mass probability that lies in it
         * @param logs log likelihood of its middle by each piece of evidence; overwritten for the next cell
         */
        void cell(double mass, double[] logs);
    }

    /**
     * Visits all cells of the product, for expectations under it.
     *
     * @param exponents of the evidence, in its order, 0 or more
     * @param visitor takes the cells
     * @throws IllegalArgumentException if the evidence leaves no place of the area possible
     */
    public void forEachCell(double[] exponents, CellVisitor visitor) {
        CellLogs logs = known.get();
        if (logs == null) {
            logs = new CellLogs(evidence);
            known = new SoftReference<>(logs);
        }
        CellLogs asked = logs;
        Refinement refinement = new Refinement(area, spot -> asked.weighted(spot, exponents), finestM, cells);
        CellTree tree = refinement.run();
        double[] mass = masses(tree, refinement.logDensities());
        double[] middle = new double[evidence.size()];
        for (int cell = 0; cell < mass.length; cell++) {
            if (mass[cell] > 0) {
                logs.copy(Spot.of(area, tree, cell, Blur.MIDDLE), middle);
                visitor.cell(mass[cell], middle);
            }
        }
    }

    private double[] masses(CellTree tree, double[] logs) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            highest = Math.max(highest, log);
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            throw Posterior.nowhere(area);
        }
        double[] mass = new double[logs.length];
        double sum = 0;
        for (int cell = 0; cell < mass.length; cell++) {
            double side = tree.side(cell);
            mass[cell] = Math.exp(logs[cell] - highest) * side * side;
            sum += mass[cell];
        }
        for (int cell = 0; cell < mass.length; cell++) {
            mass[cell] /= sum;
        }
        return mass;
    }
}
