package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.posterior.Posterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.EvenSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Fits the exponents of all kinds of evidence together: those under which the true places have the largest mean log density.
 *
 * <p>With the log likelihoods {@code l_k}, a session's posterior is {@code exp(sum_k e_k l_k) / Z(e)}. The log density of its true place
 * is concave in the exponents: its gradient is {@code l_k(truth) - E l_k}, and its curvature {@code -Cov(l_j, l_k)}, both under the posterior.
 * Newton's steps find the maximum within a few posteriors a session. A normal prior around 1 keeps an exponent near 1 of which the sessions
 * tell little.
 */
final class ExponentFit {
    /** Fewer sessions with a kind of evidence tell too little of its exponent: it stays 1. */
    static final int ENOUGH = 20;

    /** The largest exponent. */
    static final double MOST = 2;

    /** As many sessions tell the exponents to a tenth; each costs some tenths of a second. */
    private static final int MOST_SESSIONS = 200;

    private static final double PRIOR_SIGMA = 0.5;
    private static final int STEPS = 12;
    private static final double LONGEST_STEP = 0.5;
    private static final double TOLERANCE = 2e-3;
    private static final int CELLS = 20_000;
    private static final int KINDS = EvidenceKind.values().length;

    private final List<Truth> truths;
    private final boolean[] enough = new boolean[KINDS];

    /**
     * A session whose true place is known, on the plane that touches there.
     *
     * @param evidence that it has
     * @param atTruth log likelihood of the true place by each kind; 0 where there is none
     */
    private record Truth(
            EvidenceProduct product,
            LocalPlane plane,
            SearchArea area,
            Map<EvidenceKind, Evidence> evidence,
            double[] atTruth) {

        /** Returns the session; empty where its true place is beyond what is searched, whatever the exponents. */
        static Optional<Truth> of(EvidenceProduct product) {
            GeoPoint source = product.session().session().source().orElseThrow();
            LocalPlane plane = new GroundPoint(source.latitude(), source.longitude()).plane();
            double east = plane.east(source.longitude());
            double north = plane.north(source.latitude());
            SearchArea area = product.area(plane);
            Map<EvidenceKind, Evidence> evidence = product.evidence(plane);
            double[] atTruth = new double[KINDS];
            boolean possible =
                    area.westM() < east && east < area.eastM() && area.southM() < north && north < area.northM();
            for (Map.Entry<EvidenceKind, Evidence> one : evidence.entrySet()) {
                double log = one.getValue().logDensity(east, north, 0);
                atTruth[one.getKey().ordinal()] = log;
                possible &= Double.isFinite(log);
            }
            return possible ? Optional.of(new Truth(product, plane, area, evidence, atTruth)) : Optional.empty();
        }

        Slope slope(EvidenceExponents exponents) {
            Posterior posterior =
                    Posterior.of(area, product.weighted(plane, evidence, exponents), Posterior.FINEST_M, CELLS);
            double[] mean = new double[KINDS];
            double[][] square = new double[KINDS][KINDS];
            posterior.forEachCell((east, north, mass) -> {
                double[] log = new double[KINDS];
                evidence.forEach((kind, one) -> log[kind.ordinal()] = one.logDensity(east, north, 0));
                for (int k = 0; k < KINDS; k++) {
                    mean[k] += mass * log[k];
                    for (int j = 0; j < KINDS; j++) {
                        square[k][j] += mass * log[k] * log[j];
                    }
                }
            });
            double[] gradient = new double[KINDS];
            for (int k = 0; k < KINDS; k++) {
                gradient[k] = atTruth[k] - mean[k];
                for (int j = 0; j < KINDS; j++) {
                    square[k][j] -= mean[k] * mean[j];
                }
            }
            return new Slope(gradient, square);
        }
    }

    /** Gradient, and curvature with its sign turned. */
    private record Slope(double[] gradient, double[][] curvature) {}

    /**
     * Prepares a fit.
     *
     * @param sessions of known sources, with a delay or a bearing, which none of their evidence was fitted to
     */
    ExponentFit(List<EvidenceProduct> sessions) {
        truths = EvenSample.everyNth(sessions, MOST_SESSIONS).stream()
                .map(Truth::of)
                .flatMap(Optional::stream)
                .toList();
        for (EvidenceKind kind : EvidenceKind.values()) {
            enough[kind.ordinal()] = truths.stream()
                            .filter(one -> one.evidence.containsKey(kind))
                            .count()
                    >= ENOUGH;
        }
    }

    /** Returns the exponents; 1 of a kind that fewer than {@value #ENOUGH} sessions have. */
    EvidenceExponents fit() {
        double[] at = {1, 1, 1};
        for (int step = 0; step < STEPS && !truths.isEmpty(); step++) {
            EvidenceExponents exponents = exponents(at);
            // Sums in the order of the sessions: the same bits with any number of threads.
            Slope slope =
                    sum(truths.parallelStream().map(one -> one.slope(exponents)).toList(), at);
            double[] change = change(slope, at);
            double longest = 0;
            for (int k = 0; k < KINDS; k++) {
                double next = Math.max(0, Math.min(MOST, at[k] + change[k]));
                longest = Math.max(longest, Math.abs(next - at[k]));
                at[k] = next;
            }
            if (longest < TOLERANCE) {
                break;
            }
        }
        return exponents(at);
    }

    private static EvidenceExponents exponents(double[] at) {
        return new EvidenceExponents(
                at[EvidenceKind.LEVELS.ordinal()],
                at[EvidenceKind.DELAYS.ordinal()],
                at[EvidenceKind.BEARINGS.ordinal()]);
    }

    private static Slope sum(List<Slope> slopes, double[] at) {
        double[] gradient = new double[KINDS];
        double[][] curvature = new double[KINDS][KINDS];
        double precision = 1 / (PRIOR_SIGMA * PRIOR_SIGMA);
        for (int k = 0; k < KINDS; k++) {
            gradient[k] = precision * (1 - at[k]);
            curvature[k][k] = precision;
            for (Slope slope : slopes) {
                gradient[k] += slope.gradient[k];
                for (int j = 0; j < KINDS; j++) {
                    curvature[k][j] += slope.curvature[k][j];
                }
            }
        }
        return new Slope(gradient, curvature);
    }

    /** Returns Newton's step of the exponents that are free: of enough sessions, and not pushed against a bound. */
    private double[] change(Slope slope, double[] at) {
        int[] free = IntStream.range(0, KINDS)
                .filter(k -> enough[k])
                .filter(k -> !(at[k] <= 0 && slope.gradient[k] < 0 || at[k] >= MOST && slope.gradient[k] > 0))
                .toArray();
        double[] change = new double[KINDS];
        if (free.length == 0) {
            return change;
        }
        RealMatrix curvature = MatrixUtils.createRealMatrix(slope.curvature).getSubMatrix(free, free);
        double[] gradient =
                IntStream.of(free).mapToDouble(k -> slope.gradient[k]).toArray();
        double[] step = new LUDecomposition(curvature)
                .getSolver()
                .solve(MatrixUtils.createRealVector(gradient))
                .toArray();
        double longest = 0;
        for (double one : step) {
            longest = Math.max(longest, Math.abs(one));
        }
        double shorter = Math.min(1, LONGEST_STEP / longest);
        for (int i = 0; i < free.length; i++) {
            change[free[i]] = shorter * step[i];
        }
        return change;
    }
}
