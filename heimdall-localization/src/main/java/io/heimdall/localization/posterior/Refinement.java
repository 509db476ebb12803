package io.heimdall.localization.posterior;

import io.heimdall.localization.posterior.CellDensity.Blur;
import io.heimdall.localization.posterior.CellDensity.Spot;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The refinement of a grid until its cells are as small as the density asks. For one thread.
 *
 * <p>While it looks for the mass it asks for a blur of half a cell, lest evidence far narrower than a cell be missed between the
 * middles; a cell beside a mode so has a share of it and is cut too. It cuts, all at once, the cells whose share of the mass, times how much the log density
 * changes within them (1 at most), is above a limit: the largest first where that is more than there is room for. All modes are so
 * refined side by side. At the end each leaf has the mean density over it, by a blur of the same variance.
 */
final class Refinement {
    /** Mass times change of the log density that a cell may have. */
    private static final double LIMIT = 4e-5;

    private static final int MOST_LEVELS = 24;
    private static final double LOG_OF_FOUR = 2 * Math.log(2);

    private final SearchArea area;
    private final CellDensity density;
    private final double finestM;
    private final int mostLeaves;
    private final CellTree tree = new CellTree();
    private double[] log = new double[4 * CellTree.ROOTS * CellTree.ROOTS];
    private double[] change = new double[log.length];

    Refinement(SearchArea area, CellDensity density, double finestM, int mostLeaves) {
        this.area = area;
        this.density = density;
        this.finestM = finestM;
        this.mostLeaves = mostLeaves;
    }

    CellTree run() {
        for (int cell = 0; cell < tree.size(); cell++) {
            log[cell] = logDensity(cell, Blur.SEARCH);
            change[cell] = 1;
        }
        int leaves = tree.size();
        for (int level = 0; level < MOST_LEVELS; level++) {
            int[] cut = toCut((mostLeaves - leaves) / 3);
            if (cut.length == 0) {
                break;
            }
            for (int cell : cut) {
                cut(cell);
            }
            leaves += 3 * cut.length;
        }
        return tree;
    }

    /** Returns the mean log density of each leaf, as the evidence has it; of other cells negative infinity. */
    double[] logDensities() {
        double[] logs = new double[tree.size()];
        for (int cell = 0; cell < logs.length; cell++) {
            logs[cell] = tree.isLeaf(cell) ? logDensity(cell, Blur.CELL) : Double.NEGATIVE_INFINITY;
        }
        return logs;
    }

    private int[] toCut(int most) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int cell = 0; cell < tree.size(); cell++) {
            highest = tree.isLeaf(cell) ? Math.max(highest, logMass(cell)) : highest;
        }
        if (highest == Double.NEGATIVE_INFINITY) {
            return new int[0];
        }
        double[] urgency = new double[tree.size()];
        double sum = 0;
        for (int cell = 0; cell < urgency.length; cell++) {
            double mass = tree.isLeaf(cell) ? Math.exp(logMass(cell) - highest) : 0;
            urgency[cell] = mass * change[cell];
            sum += mass;
        }
        double limit = LIMIT * sum;
        int[] found = IntStream.range(0, urgency.length)
                .filter(cell -> urgency[cell] > limit && isCoarse(cell))
                .toArray();
        if (found.length <= most) {
            return found;
        }
        return Arrays.stream(found)
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> -urgency[cell]))
                .limit(Math.max(0, most))
                .mapToInt(cell -> cell)
                .toArray();
    }

    private double logMass(int cell) {
        return log[cell] - tree.level(cell) * LOG_OF_FOUR; // less the log of the area of a root
    }

    private boolean isCoarse(int cell) {
        return tree.side(cell) * Math.min(area.widthM(), area.heightM()) > finestM;
    }

    private void cut(int cell) {
        int first = tree.cut(cell);
        if (tree.size() > log.length) {
            log = Arrays.copyOf(log, 2 * tree.size());
            change = Arrays.copyOf(change, log.length);
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int quarter = first; quarter < first + 4; quarter++) {
            log[quarter] = logDensity(quarter, Blur.SEARCH);
            least = Math.min(least, log[quarter]);
            most = Math.max(most, log[quarter]);
        }
        double moved = Math.max(Math.abs(most - log[cell]), Math.abs(least - log[cell]));
        double changes = Math.max(most - least, moved);
        Arrays.fill(change, first, first + 4, changes < 1 ? changes : 1); // 1 where nothing is a number
    }

    private double logDensity(int cell, Blur blur) {
        return density.log(Spot.of(area, tree, cell, blur));
    }
}
