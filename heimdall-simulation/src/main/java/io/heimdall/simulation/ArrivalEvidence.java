package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.model.LocalPlane;
import java.util.List;

/**
 * Arrivals with normally distributed errors as evidence. With the residuals {@code r}, the precision {@code P} and the gradient {@code G} of
 * the arrivals over the place, a blur {@code b} makes the covariance {@code P^-1 + b^2 G G^T}, as exact as the arrivals are linear.
 */
final class ArrivalEvidence implements Evidence {
    private static final double LIGHT_M_PER_S = 299_792_458;
    private static final double LEAST_DISTANCE_M = 1;

    private final LocalPlane plane;
    private final Arrivals arrivals;
    private final double[][] precision;
    private final double[] east;
    private final double[] north;

    ArrivalEvidence(LocalPlane plane, Arrivals arrivals) {
        this.plane = plane;
        this.arrivals = arrivals;
        this.precision = Arrivals.inverse(arrivals.covariance());
        List<Site> sites = arrivals.sites();
        this.east =
                sites.stream().mapToDouble(site -> plane.east(site.longitude())).toArray();
        this.north =
                sites.stream().mapToDouble(site -> plane.north(site.latitude())).toArray();
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        GeoPoint place = new GeoPoint(plane.latitudeOf(northM), plane.longitudeOf(eastM));
        int n = precision.length;
        double[] residual = new double[n];
        double[][] gradient = new double[2][n];
        double first = seconds(0, place);
        double[] ofFirst = direction(0, eastM, northM);
        for (int i = 0; i < n; i++) {
            residual[i] = arrivals.seconds()[i] - seconds(i + 1, place) + first;
            double[] own = direction(i + 1, eastM, northM);
            gradient[0][i] = (own[0] - ofFirst[0]) / LIGHT_M_PER_S;
            gradient[1][i] = (own[1] - ofFirst[1]) / LIGHT_M_PER_S;
        }
        double log = -product(residual, residual) / 2;
        if (blurM > 0) {
            double a = 1 + blurM * blurM * product(gradient[0], gradient[0]);
            double b = blurM * blurM * product(gradient[0], gradient[1]);
            double d = 1 + blurM * blurM * product(gradient[1], gradient[1]);
            double u = blurM * product(gradient[0], residual);
            double v = blurM * product(gradient[1], residual);
            double determinant = a * d - b * b;
            log += (d * u * u - 2 * b * u * v + a * v * v) / determinant / 2 - Math.log(determinant) / 2;
        }
        return log;
    }

    private double seconds(int site, GeoPoint place) {
        return arrivals.sites().get(site).distanceM(place.latitude(), place.longitude()) / LIGHT_M_PER_S;
    }

    /** Returns the unit vector from a site to a place. */
    private double[] direction(int site, double eastM, double northM) {
        double e = eastM - east[site];
        double n = northM - north[site];
        double distance = Math.max(LEAST_DISTANCE_M, Math.hypot(e, n));
        return new double[] {e / distance, n / distance};
    }

    private double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * precision[i][j] * b[j];
            }
        }
        return sum;
    }
}
