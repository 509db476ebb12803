package io.heimdall.localization.evidence;

import io.heimdall.localization.evidence.Site.Point;
import io.heimdall.localization.evidence.Site.Sight;
import io.heimdall.model.LocalPlane;
import java.util.Arrays;
import java.util.List;

/**
 * The directions in which stations heard one transmission.
 *
 * <p>Directions are those of the great circle at the station, on the ellipsoid, clockwise from true north. The error of each has a von
 * Mises distribution with {@code kappa = 1 / sigma^2}, sigma in radians; a share is wrong and may be any direction:
 * <pre>{@code
 * p(error) = (1 - share) exp(kappa cos(error)) / (2 pi I0(kappa)) + share / (2 pi)
 * }</pre>
 * Stations err independently of each other, but some bearings at least are right: as many as it takes to fix a place. Of fewer, the far
 * end of a lone bearing has so much more area than the place where bearings cross that it would outweigh that place.
 *
 * @see <a href="https://doi.org/10.1002/9780470316979">Mardia and Jupp, Directional Statistics, 2000</a>
 */
public final class BearingEvidence implements Evidence {
    /** The share of bearings that are wrong, where nothing else is known: reflections are frequent. */
    public static final double OUTLIERS = 0.05;

    /** The bearings that fix a place where nothing else is known. */
    public static final int TO_FIX_A_PLACE = 2;

    /** A station blurs what is nearer than the blur into all directions. */
    private static final double WIDEST_RADIANS = Math.PI;

    private static final double LARGE_KAPPA = 30;

    private final PlaneFrame places;
    private final List<SiteBearing> bearings;
    private final List<Direction> directions;
    private final double outliers;
    private final double logRight;
    private final int leastRight;

    private BearingEvidence(LocalPlane plane, List<SiteBearing> bearings, double outliers, int leastRight) {
        places = new PlaneFrame(plane);
        this.bearings = List.copyOf(bearings);
        directions = this.bearings.stream().map(Direction::of).toList();
        this.outliers = outliers;
        logRight = Math.log1p(-outliers) - Math.log(2 * Math.PI);
        this.leastRight = leastRight;
    }

    /**
     * Makes evidence of bearings without other evidence: {@value #TO_FIX_A_PLACE} are right at least, or the only one.
     *
     * @param plane on which places are asked for
     * @param bearings one or more
     * @param outliers share of bearings that are wrong, 0 or more and below 1; {@link #OUTLIERS} where nothing else is known
     * @throws IllegalArgumentException if there is no bearing or the share is out of its range
     */
    public static BearingEvidence of(LocalPlane plane, List<SiteBearing> bearings, double outliers) {
        return of(plane, bearings, outliers, TO_FIX_A_PLACE);
    }

    /**
     * Makes evidence of bearings.
     *
     * @param plane on which places are asked for
     * @param bearings one or more
     * @param outliers share of bearings that are wrong, 0 or more and below 1; {@link #OUTLIERS} where nothing else is known
     * @param leastRight how many are right at least, or all where there are fewer; 0 or more. {@value #TO_FIX_A_PLACE} without other
     *     evidence, 1 with a delay, 0 with evidence that fixes a place itself
     * @throws IllegalArgumentException if there is no bearing or a number is out of its range
     */
    public static BearingEvidence of(LocalPlane plane, List<SiteBearing> bearings, double outliers, int leastRight) {
        if (bearings.isEmpty()) {
            throw new IllegalArgumentException("evidence of bearings has one bearing or more, found none");
        }
        if (!(outliers >= 0 && outliers < 1)) {
            throw new IllegalArgumentException("a share of outliers of " + outliers + " is not in 0..1, 1 excluded");
        }
        if (leastRight < 0) {
            throw new IllegalArgumentException("the least number of right bearings, " + leastRight + ", is below 0");
        }
        return new BearingEvidence(plane, bearings, outliers, Math.min(leastRight, bearings.size()));
    }

    /** Returns the bearings. */
    public List<SiteBearing> bearings() {
        return bearings;
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        Point place = places.at(eastM, northM);
        double[] right = new double[directions.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = logRight + directions.get(i).logDensity(place, blurM);
        }
        return outliers == 0 ? Arrays.stream(right).sum() : logOfEnough(right);
    }

    /** A bearing, prepared for many places: its error needs no angle, since its sine and cosine follow from those of both directions. */
    private record Direction(Site site, double sine, double cosine, double variance) {
        static Direction of(SiteBearing bearing) {
            double radians = Math.toRadians(bearing.degrees());
            double sigma = Math.toRadians(bearing.sigmaDegrees());
            return new Direction(bearing.site(), Math.sin(radians), Math.cos(radians), sigma * sigma);
        }

        /** Returns the log density of the error at a place, times {@code 2 pi}. */
        double logDensity(Point place, double blurM) {
            Sight sight = site.sight(place);
            double blur =
                    blurM == 0 ? 0 : Math.min(WIDEST_RADIANS, blurM / Math.max(blurM / 10, site.distanceM(sight)));
            double kappa = 1 / (variance + blur * blur);
            return -kappa * oneLessCosine(sight) - logScaledBessel(kappa);
        }

        /** Returns {@code 1 - cos(error)}, without cancellation where the error is small. */
        private double oneLessCosine(Sight sight) {
            double length = sight.level();
            double east = length == 0 ? 0 : sight.east() / length;
            double north = length == 0 ? 1 : sight.north() / length;
            double ofError = cosine * north + sine * east;
            double sineOfError = sine * north - cosine * east;
            return ofError > 0 ? sineOfError * sineOfError / (1 + ofError) : 1 - ofError;
        }
    }

    /** Returns the log of the sum over all choices of right and wrong bearings in which enough are right. */
    private double logOfEnough(double[] right) {
        double wrong = Math.log(outliers / (2 * Math.PI));
        double[] log = new double[leastRight + 1];
        Arrays.fill(log, 1, log.length, Double.NEGATIVE_INFINITY);
        for (double one : right) {
            log[leastRight] = logSum(log[leastRight] + one, log[leastRight] + wrong);
            for (int count = leastRight; count > 0; count--) {
                log[count] = logSum(log[count] + (count < leastRight ? wrong : 0), log[count - 1] + one);
            }
            log[0] += leastRight > 0 ? wrong : 0;
        }
        return log[leastRight];
    }

    private static double logSum(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log(1 + Math.exp(Math.min(a, b) - larger));
    }

    /** Returns {@code log(exp(-x) I0(x))}: by its power series, for large {@code x} by the asymptotic one. */
    static double logScaledBessel(double x) {
        if (x > LARGE_KAPPA) {
            double u = 1 / (8 * x);
            double series = 1 + u * (1 + u * (4.5 + u * 37.5));
            return Math.log(series * series / (2 * Math.PI * x)) / 2;
        }
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return Math.log(sum) - x;
    }
}
