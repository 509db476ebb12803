package io.heimdall.localization.evidence;

import io.heimdall.localization.evidence.Site.Point;
import io.heimdall.model.LocalPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The delays of one transmission between pairs of stations.
 *
 * <p>Each pair has a normal distribution of its error, of which a share is wrong and has Student's distribution of three degrees of
 * freedom, five times as wide: a wrong clock or another path loses its say where the others contradict, since the density then hardly
 * depends on the place; but places far from all bands do not add up to a mass that moves the mean.
 * The likelihood is composite: each pair's goes in to a power, so that {@code N} stations tell {@code N - 1} independent differences
 * however many pairs they make. For stations that err independently of each other the product is the exact likelihood.
 *
 * <p>A blur widens each band by how much its delay changes over it. Bands that cross hold a share of a cell that falls with the
 * cell's area, however many they are; so the widened bands lose the height of two at most.
 *
 * @see <a href="https://doi.org/10.1111/j.1467-842X.2004.00315.x">Varin, On composite marginal likelihoods, 2008</a>
 */
public final class DelayEvidence implements Evidence {
    /** The share of delays that are wrong, where nothing else is known. */
    public static final double OUTLIERS = 0.02;

    private static final double OUTLIER_WIDTH = 5;

    /** The density of Student's distribution of three degrees of freedom at 0. */
    private static final double STUDENT_PEAK = 2 / (Math.PI * Math.sqrt(3));

    private final PlaneFrame places;
    private final List<TimeDifference> delays;
    private final Propagation propagation;
    private final double outliers;
    private final List<Site> sites;
    private final double[] east;
    private final double[] north;
    private final int[] first;
    private final int[] second;
    private final double[] powers;
    private final double blurs;
    private final double lost;

    private DelayEvidence(LocalPlane plane, List<TimeDifference> delays, Propagation propagation, double outliers) {
        places = new PlaneFrame(plane);
        this.delays = List.copyOf(delays);
        this.propagation = propagation;
        this.outliers = outliers;
        sites = new ArrayList<>();
        first = delays.stream().mapToInt(delay -> number(delay.first())).toArray();
        second = delays.stream().mapToInt(delay -> number(delay.second())).toArray();
        east = sites.stream().mapToDouble(site -> plane.east(site.longitude())).toArray();
        north = sites.stream().mapToDouble(site -> plane.north(site.latitude())).toArray();
        int independent = sites.size() - parts();
        powers = PairPowers.of(
                first,
                second,
                delays.stream().mapToDouble(TimeDifference::sigmaSeconds).toArray(),
                independent);
        double dimensions = Math.min(2, independent);
        blurs = independent / dimensions;
        lost = dimensions / independent;
    }

    /**
     * Makes evidence of delays.
     *
     * @param plane on which places are asked for
     * @param delays one or more, each pair of stations once
     * @param propagation how long signals are under way
     * @param outliers share of delays that are wrong, 0 or more and below 1; {@link #OUTLIERS} where nothing else is known
     * @throws IllegalArgumentException if there is no delay or the share is out of its range
     */
    public static DelayEvidence of(
            LocalPlane plane, List<TimeDifference> delays, Propagation propagation, double outliers) {
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("evidence of delays has one delay or more, found none");
        }
        if (!(outliers >= 0 && outliers < 1)) {
            throw new IllegalArgumentException("a share of outliers of " + outliers + " is not in 0..1, 1 excluded");
        }
        return new DelayEvidence(plane, delays, propagation, outliers);
    }

    private int number(Site site) {
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).name().equals(site.name())) {
                return i;
            }
        }
        sites.add(site);
        return sites.size() - 1;
    }

    /** Returns into how many parts the stations fall that no delay ties together. */
    private int parts() {
        int[] part = new int[sites.size()];
        for (int i = 0; i < part.length; i++) {
            part[i] = i;
        }
        int parts = part.length;
        for (int k = 0; k < first.length; k++) {
            int from = part[first[k]];
            int to = part[second[k]];
            if (from != to) {
                parts--;
                for (int i = 0; i < part.length; i++) {
                    part[i] = part[i] == from ? to : part[i];
                }
            }
        }
        return parts;
    }

    /** Returns the delays. */
    public List<TimeDifference> delays() {
        return delays;
    }

    /** Returns the powers of the pairs' likelihoods, in the order of the delays; they add up to the independent differences. */
    public List<Double> powers() {
        return Arrays.stream(powers).boxed().toList();
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        Point place = places.at(eastM, northM);
        int stations = sites.size();
        double[] seconds = new double[stations];
        for (int i = 0; i < stations; i++) {
            seconds[i] = propagation.seconds(sites.get(i).distanceM(place));
        }
        double sum = 0;
        for (int k = 0; k < first.length; k++) {
            TimeDifference delay = delays.get(k);
            double blur = blurM == 0 ? 0 : blurM * slope(eastM, northM, first[k], second[k]);
            double sigma = delay.sigmaSeconds();
            double wide = blur == 0 ? sigma : Math.sqrt(sigma * sigma + blurs * blur * blur);
            sum += powers[k]
                    * (logError((delay.seconds() - seconds[first[k]] + seconds[second[k]]) / wide)
                            - lost * Math.log(wide / sigma));
        }
        return sum;
    }

    /**
     * Returns the log likelihood of a place with the normalisation of the delays' densities, so that it can be compared between sigmas:
     * {@link #logDensity} less the sum of power times log sigma.
     *
     * @param eastM metres east of the plane's origin
     * @param northM metres north of the plane's origin
     * @return nats, up to a constant that depends on the pairs alone
     */
    public double logLikelihood(double eastM, double northM) {
        double sum = logDensity(eastM, northM, 0);
        for (int k = 0; k < powers.length; k++) {
            sum -= powers[k] * Math.log(delays.get(k).sigmaSeconds());
        }
        return sum;
    }

    /** Returns the log density of an error in sigmas. */
    private double logError(double z) {
        double right = (1 - outliers) * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        double tail = 1 + z * z / (3 * OUTLIER_WIDTH * OUTLIER_WIDTH);
        double wrong = outliers * STUDENT_PEAK / (OUTLIER_WIDTH * tail * tail);
        double both = right + wrong;
        return both > 0
                ? Math.log(both)
                : Math.log1p(-outliers)
                        - z * z / 2
                        - Math.log(2 * Math.PI) / 2; // no outliers, and below what doubles hold
    }

    /** Returns about how much a delay changes with the place, seconds a metre: by the directions of both stations. */
    private double slope(double eastM, double northM, int one, int other) {
        double e1 = eastM - east[one];
        double n1 = northM - north[one];
        double e2 = eastM - east[other];
        double n2 = northM - north[other];
        double d1 = Math.max(1e-3, Math.sqrt(e1 * e1 + n1 * n1));
        double d2 = Math.max(1e-3, Math.sqrt(e2 * e2 + n2 * n2));
        double e = e1 / d1 - e2 / d2;
        double n = n1 / d1 - n2 / d2;
        return propagation.factor() / Propagation.SPEED_OF_LIGHT * Math.sqrt(e * e + n * n);
    }
}
