package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.model.LocalPlane;
import java.util.List;

/**
 * Arrivals with normally distributed errors as evidence.
 *
 * <p>With the covariance {@code C} of the arrivals and their gradient {@code G} over the place, a blur {@code b} makes the covariance
 * {@code C + b^2 G G^T}, and more where a site is so near that arrivals are far from linear within the blur: a distance {@code d} then errs by
 * about {@code b^2 / (d + b)}.
 */
final class ArrivalEvidence implements Evidence {
    private static final double LIGHT_M_PER_S = 299_792_458;
    private static final double LEAST_DISTANCE_M = 1;

    private final LocalPlane plane;
    private final Arrivals arrivals;
    private final double[][] factor;
    private final double logScale;
    private final double[] east;
    private final double[] north;

    ArrivalEvidence(LocalPlane plane, Arrivals arrivals) {
        this.plane = plane;
        this.arrivals = arrivals;
        this.factor = Cholesky.factor(arrivals.covariance());
        this.logScale = logScale(factor);
        List<Site> sites = arrivals.sites();
        this.east =
                sites.stream().mapToDouble(site -> plane.east(site.longitude())).toArray();
        this.north =
                sites.stream().mapToDouble(site -> plane.north(site.latitude())).toArray();
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        GeoPoint place = new GeoPoint(plane.latitudeOf(northM), plane.longitudeOf(eastM));
        double[] residual = new double[factor.length];
        double first = seconds(0, place);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = arrivals.seconds()[i] - seconds(i + 1, place) + first;
        }
        double[][] lower = blurM == 0 ? factor : Cholesky.factor(blurred(eastM, northM, blurM));
        double log = logScale - logScale(lower);
        Cholesky.solve(lower, residual);
        for (double one : residual) {
            log -= one * one / 2;
        }
        return log;
    }

    private double[][] blurred(double eastM, double northM, double blurM) {
        int n = factor.length;
        double[][] gradient = new double[n + 1][];
        double[] bend = new double[n + 1];
        for (int i = 0; i <= n; i++) {
            double e = eastM - east[i];
            double d = northM - north[i];
            double distance = Math.max(LEAST_DISTANCE_M, Math.hypot(e, d));
            double scale = blurM / LIGHT_M_PER_S;
            gradient[i] = new double[] {scale * e / distance, scale * d / distance};
            bend[i] = Math.pow(scale * blurM / (distance + blurM), 2);
        }
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double along = 0;
                for (int axis = 0; axis < 2; axis++) {
                    along += (gradient[i + 1][axis] - gradient[0][axis]) * (gradient[j + 1][axis] - gradient[0][axis]);
                }
                covariance[i][j] = arrivals.covariance()[i][j] + along + bend[0] + (i == j ? bend[i + 1] : 0);
            }
        }
        return covariance;
    }

    /** Returns the logarithm of the determinant of {@code L}. */
    private static double logScale(double[][] lower) {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += Math.log(lower[i][i]);
        }
        return sum;
    }

    private double seconds(int site, GeoPoint place) {
        return arrivals.sites().get(site).distanceM(place.latitude(), place.longitude()) / LIGHT_M_PER_S;
    }
}
