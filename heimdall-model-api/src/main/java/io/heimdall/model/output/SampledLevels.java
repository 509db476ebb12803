package io.heimdall.model.output;

import java.util.Arrays;
import java.util.List;

/**
 * How much of a mixture is denser than a given density, and how large that region is: a table made from a fixed sample.
 *
 * <p>Each component is sampled by a {@link SpiralSample} whose points share its weight, and the points are ordered from the
 * densest down. The credible level of a point is the weight before it plus half its own. Between two points the density falls
 * in a straight line over the level, as it does everywhere in a normal distribution, and outside the last point it falls to 0 at
 * level 1. The area follows from that line, for {@code dA = dL / p}:
 * <pre>{@code
 * area(L) = E[ 1{p(X) > t} / p(X) ] = integral of dL' / p(L') from 0 to L
 * }</pre>
 *
 * <p>ADR 100 has the measured precision: levels within 0.4 percentage points, areas within 0.4 percent (RMS) up to level 0.95.
 *
 * @see <a href="https://doi.org/10.1080/00031305.1996.10474359">Hyndman, Computing and graphing highest density regions,
 *     1996</a>
 */
final class SampledLevels {
    /** Points that the components share by weight. */
    private static final int SHARED_POINTS = 3072;

    /** Points that the components share equally, so that small ones are seen too; each has some. */
    private static final int EQUAL_POINTS = 1536;

    private static final int FEWEST_OWN_POINTS = 16;
    private static final int MOST_OWN_POINTS = 192;

    /** A component below this share of the largest weight moves no level by more and has no points; its density counts. */
    private static final double LEAST_SHARE = 1e-5;

    /** Below this drop of the log density the first terms of series are right to 1e-8, and faster. */
    private static final double SMALL_DROP = 0.05;

    /** Log densities from the mode down, with the level and the area of the region that each is the edge of. */
    private final double[] logDensity;

    private final double[] level;
    private final double[] area;

    private SampledLevels(int nodes) {
        logDensity = new double[nodes];
        level = new double[nodes];
        area = new double[nodes];
    }

    static SampledLevels of(List<MixtureTerm> components, MixtureDensity density) {
        double largest =
                components.stream().mapToDouble(MixtureTerm::weight).max().orElseThrow();
        double least = LEAST_SHARE * largest;
        int seen = (int) components.stream().filter(c -> c.weight() >= least).count();
        int own = Math.max(FEWEST_OWN_POINTS, Math.min(MOST_OWN_POINTS, EQUAL_POINTS / seen));
        int[] sizes = components.stream()
                .mapToDouble(MixtureTerm::weight)
                .mapToInt(w -> w < least ? 0 : own + (int) (SHARED_POINTS * w))
                .toArray();
        int count = Arrays.stream(sizes).sum();
        double[] east = new double[count];
        double[] north = new double[count];
        double[] masses = new double[count];
        int at = 0;
        for (int k = 0; k < sizes.length; k++) {
            SpiralSample.write(components.get(k).shape(), sizes[k], k, east, north, at);
            Arrays.fill(masses, at, at + sizes[k], components.get(k).weight() / sizes[k]);
            at += sizes[k];
        }
        double[] logDensities = density.logs(east, north);
        var levels = new SampledLevels(count + 1);
        levels.fill(logDensities, masses, DescendingOrder.of(logDensities));
        return levels;
    }

    private void fill(double[] logDensities, double[] masses, int[] order) {
        double total = 0; // a compensated sum takes as long as the rest of this method
        for (double mass : masses) {
            total += mass;
        }
        double before = 0;
        for (int i = 0; i < order.length; i++) {
            double mass = masses[order[i]] / total;
            logDensity[i + 1] = i == 0 ? logDensities[order[0]] : Math.min(logDensity[i], logDensities[order[i]]);
            level[i + 1] = before + mass / 2;
            before += mass;
        }
        logDensity[0] = logDensity[1] + modeAbove();
        double perDensity = Math.exp(-logDensity[0]);
        for (int i = 1; i < level.length; i++) {
            double drop = logDensity[i - 1] - logDensity[i];
            area[i] = area[i - 1] + (level[i] - level[i - 1]) * perDensity * areaRatio(drop);
            perDensity = drop < SMALL_DROP ? perDensity * expOfSmall(drop) : Math.exp(-logDensity[i]);
        }
    }

    private static double expOfSmall(double x) {
        return 1 + x * (1 + x * (1 / 2.0 + x * (1 / 6.0 + x * (1 / 24.0))));
    }

    /** Returns the log density at level 0 above the first point's, on the straight line through the first two points. */
    private double modeAbove() {
        double fall = -Math.expm1(logDensity[2] - logDensity[1]);
        return Math.log1p(fall * level[1] / (level[2] - level[1]));
    }

    /** Returns the level of the region that a log density is the edge of. */
    double levelAt(double edge) {
        if (!(edge < logDensity[0])) {
            return 0;
        }
        int last = level.length - 1;
        if (edge < logDensity[last]) {
            return -Math.expm1(logOutside(edge));
        }
        int above = lastAbove(edge);
        double share = Math.expm1(edge - logDensity[above]) / Math.expm1(logDensity[above + 1] - logDensity[above]);
        return level[above] + share * (level[above + 1] - level[above]);
    }

    /** Returns the natural logarithm of the probability outside the region that a log density is the edge of. */
    double logOutside(double edge) {
        int last = level.length - 1;
        return edge < logDensity[last]
                ? Math.log1p(-level[last]) + edge - logDensity[last]
                : Math.log1p(-levelAt(edge));
    }

    /** Returns the region of a level, above 0 and below 1. */
    HighestDensityRegion region(double wanted) {
        int found = Arrays.binarySearch(level, wanted);
        int inside = found >= 0 ? found : -found - 2;
        double from = logDensity[inside];
        double edge = inside < level.length - 1
                ? from
                        + Math.log1p((wanted - level[inside])
                                / (level[inside + 1] - level[inside])
                                * Math.expm1(logDensity[inside + 1] - from))
                : from + Math.log((1 - wanted) / (1 - level[inside]));
        return new HighestDensityRegion(wanted, edge, area[inside] + areaBetween(wanted - level[inside], from, edge));
    }

    /** Returns the last entry that is denser than an edge, which lies between the first and the last. */
    private int lastAbove(double edge) {
        int above = 0;
        int below = logDensity.length - 1;
        while (below - above > 1) {
            int middle = (above + below) >>> 1;
            if (logDensity[middle] > edge) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return above;
    }

    /**
     * Returns the integral of {@code dL / p} over a range of levels in which {@code p} falls in a straight line:
     * {@code levels / p_from * d / (1 - exp(-d))} with the drop {@code d} of the log density.
     */
    private static double areaBetween(double levels, double from, double to) {
        return levels * Math.exp(-from) * areaRatio(from - to);
    }

    /** Returns {@code d / (1 - exp(-d))}. */
    private static double areaRatio(double drop) {
        return drop < SMALL_DROP
                ? 1 + drop * (1 / 2.0 + drop * (1 / 12.0 - drop * drop * (1 / 720.0)))
                : drop / -Math.expm1(-drop);
    }
}
