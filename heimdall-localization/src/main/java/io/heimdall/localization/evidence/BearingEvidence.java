package io.heimdall.localization.evidence;

import io.heimdall.localization.evidence.Site.Point;
import io.heimdall.model.LocalPlane;
import java.util.List;

/**
 * The directions in which stations heard one transmission.
 *
 * <p>Directions are those of the great circle at the station, on the ellipsoid, clockwise from true north. The error of each has a von
 * Mises distribution with {@code kappa = 1 / sigma^2}, sigma in radians; a share is wrong and may be any direction:
 * <pre>{@code
 * p(error) = (1 - share) exp(kappa cos(error)) / (2 pi I0(kappa)) + share / (2 pi)
 * }</pre>
 * Stations err independently of each other.
 *
 * @see <a href="https://doi.org/10.1002/9780470316979">Mardia and Jupp, Directional Statistics, 2000</a>
 */
public final class BearingEvidence implements Evidence {
    /** The share of bearings that are wrong, where nothing else is known: reflections are frequent. */
    public static final double OUTLIERS = 0.05;

    /** A station blurs what is nearer than the blur into all directions. */
    private static final double WIDEST_RADIANS = Math.PI;

    private static final double LARGE_KAPPA = 30;

    private final LocalPlane plane;
    private final List<SiteBearing> bearings;
    private final double outliers;

    private BearingEvidence(LocalPlane plane, List<SiteBearing> bearings, double outliers) {
        this.plane = plane;
        this.bearings = List.copyOf(bearings);
        this.outliers = outliers;
    }

    /**
     * Makes evidence of bearings.
     *
     * @param plane on which places are asked for
     * @param bearings one or more
     * @param outliers share of bearings that are wrong, 0 or more and below 1; {@link #OUTLIERS} where nothing else is known
     * @throws IllegalArgumentException if there is no bearing or the share is out of its range
     */
    public static BearingEvidence of(LocalPlane plane, List<SiteBearing> bearings, double outliers) {
        if (bearings.isEmpty()) {
            throw new IllegalArgumentException("evidence of bearings has one bearing or more, found none");
        }
        if (!(outliers >= 0 && outliers < 1)) {
            throw new IllegalArgumentException("a share of outliers of " + outliers + " is not in 0..1, 1 excluded");
        }
        return new BearingEvidence(plane, bearings, outliers);
    }

    /** Returns the bearings. */
    public List<SiteBearing> bearings() {
        return bearings;
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        Point place = Point.of(plane.latitudeOf(northM), plane.longitudeOf(eastM));
        double sum = 0;
        for (SiteBearing bearing : bearings) {
            double error = Math.toRadians(bearing.degrees()) - bearing.site().azimuth(place);
            double sigma = Math.toRadians(bearing.sigmaDegrees());
            double blur = blurM == 0
                    ? 0
                    : Math.min(
                            WIDEST_RADIANS,
                            blurM / Math.max(blurM / 10, bearing.site().distanceM(place)));
            sum += logError(error, 1 / (sigma * sigma + blur * blur));
        }
        return sum;
    }

    private double logError(double error, double kappa) {
        double log = kappa * (Math.cos(error) - 1) - Math.log(2 * Math.PI) - logScaledBessel(kappa);
        if (outliers == 0) {
            return log;
        }
        return Math.log((1 - outliers) * Math.exp(log) + outliers / (2 * Math.PI));
    }

    /** Returns {@code log(exp(-x) I0(x))}: by its power series, for large {@code x} by the asymptotic one. */
    static double logScaledBessel(double x) {
        if (x > LARGE_KAPPA) {
            double u = 1 / (8 * x);
            return Math.log1p(u * (1 + u * (4.5 + u * 37.5))) - Math.log(2 * Math.PI * x) / 2;
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
