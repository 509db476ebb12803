package io.heimdall.localization.posterior;

import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.HighestDensityRegion;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.output.PredictiveDistribution;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The product of evidence as a distribution over the plane: constant on each cell of a grid that is as fine as the density asks,
 * and 0 beyond the searched area. Immutable and thread-safe.
 *
 * <p>Sums are of logarithms, so evidence of any sharpness neither underflows nor overflows. Time and memory are bounded by the
 * number of cells; where that does not suffice, cells hold their mean density.
 */
public final class Posterior implements PredictiveDistribution {
    /** As many cells as a density of any shape takes, where nothing else is asked: about a tenth of a second. */
    public static final int CELLS = 60_000;

    /** The side under which no cell is cut, metres, where nothing else is asked. */
    public static final double FINEST_M = 1;

    private static final int MEDIAN_STEPS = 200;
    private static final double MEDIAN_TOLERANCE = 1e-6;

    /** Leaves with less have no say in the median, which costs the most. */
    private static final double LEAST_MASS = 1e-9;

    private final CellTree tree;
    private final double west;
    private final double south;
    private final double width;
    private final double height;

    /** Leaves from the densest down. */
    private final int[] leaves;

    /** Of each cell of the tree, log density; of leaves by order, the mass before them. */
    private final double[] log;

    private final double[] mass;
    private final double[] before;

    private Posterior(
            CellTree tree,
            double west,
            double south,
            double width,
            double height,
            int[] leaves,
            double[] log,
            double[] mass,
            double[] before) {
        this.tree = tree;
        this.west = west;
        this.south = south;
        this.width = width;
        this.height = height;
        this.leaves = leaves;
        this.log = log;
        this.mass = mass;
        this.before = before;
    }

    /** Returns the product of evidence in an area, with the usual bounds. */
    public static Posterior of(SearchArea area, List<WeightedEvidence> evidence) {
        return of(area, evidence, FINEST_M, CELLS);
    }

    /**
     * Returns the product of evidence in an area.
     *
     * @param evidence all of it on the same plane, in metres
     * @param finestM side under which no cell is cut, metres, above 0
     * @param cells the most leaves of the grid, 1024 at least
     * @throws IllegalArgumentException if a bound is out of range, or the evidence leaves no place of the area possible
     */
    public static Posterior of(SearchArea area, List<WeightedEvidence> evidence, double finestM, int cells) {
        checkBounds(finestM, cells);
        Refinement refinement = new Refinement(area, CellDensity.of(evidence), finestM, cells);
        CellTree tree = refinement.run();
        double[] log = refinement.logDensities();
        return normalised(tree, area, log);
    }

    static void checkBounds(double finestM, int cells) {
        if (!(finestM > 0) || cells < CellTree.ROOTS * CellTree.ROOTS) {
            throw new IllegalArgumentException("cells of " + finestM + " m and " + cells
                    + " of them: the side must be above 0, and the number " + CellTree.ROOTS * CellTree.ROOTS
                    + " at least");
        }
    }

    static IllegalArgumentException nowhere(SearchArea area) {
        return new IllegalArgumentException("the evidence leaves no place possible in " + area);
    }

    private static Posterior normalised(CellTree tree, SearchArea area, double[] log) {
        int[] leaves = new int[log.length];
        int count = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int cell = 0; cell < log.length; cell++) {
            if (log[cell] > Double.NEGATIVE_INFINITY) {
                leaves[count++] = cell;
                highest = Math.max(highest, log[cell]);
            }
        }
        if (count == 0) {
            throw nowhere(area);
        }
        int[] order = densestFirst(Arrays.copyOf(leaves, count), log);
        double[] mass = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double side = tree.side(order[i]);
            mass[i] = Math.exp(log[order[i]] - highest) * side * side;
            sum += mass[i];
        }
        double[] before = new double[count + 1];
        for (int i = 0; i < count; i++) {
            mass[i] /= sum;
            before[i + 1] = before[i] + mass[i];
        }
        double norm = highest + Math.log(sum) + Math.log(area.widthM()) + Math.log(area.heightM());
        double[] densities = new double[log.length];
        for (int cell = 0; cell < log.length; cell++) {
            densities[cell] = log[cell] - norm;
        }
        return new Posterior(
                tree, area.westM(), area.southM(), area.widthM(), area.heightM(), order, densities, mass, before);
    }

    private static int[] densestFirst(int[] cells, double[] log) {
        return Arrays.stream(cells)
                .boxed()
                .sorted((a, b) -> Double.compare(log[b], log[a]))
                .mapToInt(cell -> cell)
                .toArray();
    }

    /** Returns the number of cells. */
    public int cells() {
        return leaves.length;
    }

    /** Returns the middle of the densest cell: about the most likely place, whatever the shape of the density. */
    public PlanePoint mode() {
        return new PlanePoint(east(leaves[0]), north(leaves[0]));
    }

    /** Returns the probability that lies in the outermost cells of the area: where it is not small, the area is. */
    public double massAtBorder() {
        double sum = 0;
        double rim = 1.0 / CellTree.ROOTS;
        for (int i = 0; i < leaves.length; i++) {
            double x = tree.west(leaves[i]);
            double y = tree.south(leaves[i]);
            double end = 1 - rim - 1e-12;
            sum += x < rim || y < rim || x >= end || y >= end ? mass[i] : 0;
        }
        return sum;
    }

    /** Takes a cell of a posterior. */
    @FunctionalInterface
    interface CellVisitor {
        /**
         * Takes one cell.
         *
         * @param eastM of its middle, metres
         * @param northM likewise
         * @param mass probability that lies in it
         */
        void cell(double eastM, double northM, double mass);
    }

    /** Visits all cells from the densest down, for expectations under this posterior. */
    void forEachCell(CellVisitor visitor) {
        for (int i = 0; i < leaves.length; i++) {
            visitor.cell(east(leaves[i]), north(leaves[i]), mass[i]);
        }
    }

    @Override
    public double logDensity(double east, double north) {
        int cell = tree.leafAt((east - west) / width, (north - south) / height);
        return cell < 0 ? Double.NEGATIVE_INFINITY : log[cell];
    }

    private double east(int cell) {
        return west + (tree.west(cell) + tree.side(cell) / 2) * width;
    }

    private double north(int cell) {
        return south + (tree.south(cell) + tree.side(cell) / 2) * height;
    }

    @Override
    public PlanePoint mean() {
        double east = 0;
        double north = 0;
        for (int i = 0; i < leaves.length; i++) {
            east += mass[i] * east(leaves[i]);
            north += mass[i] * north(leaves[i]);
        }
        return new PlanePoint(east, north);
    }

    @Override
    public Covariance covariance() {
        PlanePoint mean = mean();
        double ee = 0;
        double en = 0;
        double nn = 0;
        for (int i = 0; i < leaves.length; i++) {
            double e = east(leaves[i]) - mean.east();
            double n = north(leaves[i]) - mean.north();
            double side = tree.side(leaves[i]);
            ee += mass[i] * (e * e + side * side * width * width / 12);
            en += mass[i] * e * n;
            nn += mass[i] * (n * n + side * side * height * height / 12);
        }
        return new Covariance(ee, en, nn);
    }

    /** Returns the spatial median by Weiszfeld's iteration over the cells, each smoothed by its own size. */
    @Override
    public PlanePoint spatialMedian() {
        PlanePoint at = new PlanePoint(east(leaves[0]), north(leaves[0]));
        for (int step = 0; step < MEDIAN_STEPS; step++) {
            double east = 0;
            double north = 0;
            double pull = 0;
            for (int i = 0; i < leaves.length; i++) {
                if (mass[i] > LEAST_MASS) {
                    double e = east(leaves[i]) - at.east();
                    double n = north(leaves[i]) - at.north();
                    double smoothing = tree.side(leaves[i]) * tree.side(leaves[i]) * Math.abs(width * height) / 12;
                    double share = mass[i] / Math.sqrt(e * e + n * n + smoothing);
                    east += share * e;
                    north += share * n;
                    pull += share;
                }
            }
            PlanePoint next = new PlanePoint(at.east() + east / pull, at.north() + north / pull);
            if (next.distanceTo(at) * pull < MEDIAN_TOLERANCE) {
                return next;
            }
            at = next;
        }
        return at;
    }

    @Override
    public double credibleLevel(double east, double north) {
        return 1 - outside(east, north);
    }

    /** Returns the mass of all that is less dense than a place, with half of what is as dense: a place is anywhere in its cell. */
    private double outside(double east, double north) {
        double here = logDensity(east, north);
        int from = firstNotDenserThan(here);
        int to = from;
        while (to < leaves.length && log[leaves[to]] == here) {
            to++;
        }
        double total = before[leaves.length];
        return total - before[to] + (before[to] - before[from]) / 2;
    }

    private int firstNotDenserThan(double density) {
        int from = 0;
        int to = leaves.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (log[leaves[middle]] > density) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override
    public double credibleRadius(double east, double north) {
        return Math.sqrt(-2 * Math.log(Math.max(Double.MIN_NORMAL, Math.min(1, outside(east, north)))));
    }

    @Override
    public HighestDensityRegion highestDensityRegion(double level) {
        double area = 0;
        int last = 0;
        double left = level * before[leaves.length];
        for (int i = 0; i < leaves.length && left > 0; i++) {
            double side = tree.side(leaves[i]);
            double share = Math.min(1, left / mass[i]);
            area += share * side * side * Math.abs(width * height);
            left -= mass[i];
            last = i;
        }
        return new HighestDensityRegion(level, log[leaves[last]], area);
    }

    /** Returns the edge of a region along the sides of cells. */
    List<List<PlanePoint>> rings(HighestDensityRegion region, double fromEast, double toEast) {
        return new CellOutline(tree, cell -> log[cell] >= region.edgeLogDensity() && within(cell, fromEast, toEast))
                .rings().stream()
                        .map(ring -> ring.stream()
                                .map(at -> new PlanePoint(west + at.east() * width, south + at.north() * height))
                                .toList())
                        .toList();
    }

    private boolean within(int cell, double fromEast, double toEast) {
        return east(cell) > fromEast && east(cell) < toEast;
    }

    @Override
    public PlanePoint sample(RandomGenerator random) {
        double wanted = random.nextDouble() * before[leaves.length];
        int found = Arrays.binarySearch(before, wanted);
        int i = Math.min(leaves.length - 1, found >= 0 ? found : -found - 2);
        double side = tree.side(leaves[i]);
        return new PlanePoint(
                east(leaves[i]) + (random.nextDouble() - 0.5) * side * width,
                north(leaves[i]) + (random.nextDouble() - 0.5) * side * height);
    }

    @Override
    public Posterior map(AffineMap map) {
        PlanePoint corner = map.apply(new PlanePoint(west, south));
        double stretched = Math.log(Math.abs(map.scaleEast())) + Math.log(Math.abs(map.scaleNorth()));
        return new Posterior(
                tree,
                corner.east(),
                corner.north(),
                map.scaleEast() * width,
                map.scaleNorth() * height,
                leaves,
                Arrays.stream(log).map(density -> density - stretched).toArray(),
                mass,
                before);
    }
}
