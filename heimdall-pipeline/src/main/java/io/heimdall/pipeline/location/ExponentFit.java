package io.heimdall.pipeline.location;

import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.location.ExponentSession.Slope;
import java.util.List;
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

    /** As many sessions tell the exponents to a tenth; each costs some tenths of a second and two megabytes. */
    static final int MOST_SESSIONS = 200;

    private static final double PRIOR_SIGMA = 0.5;
    private static final int STEPS = 12;
    private static final double LONGEST_STEP = 0.5;
    private static final double TOLERANCE = 2e-3;
    private static final int KINDS = EvidenceKind.values().length;

    private final List<ExponentSession> sessions;
    private final boolean[] enough = new boolean[KINDS];

    /**
     * Prepares a fit.
     *
     * @param sessions of known sources, with a delay or a bearing, which none of their evidence was fitted to
     */
    ExponentFit(List<ExponentSession> sessions) {
        this.sessions = EvenSample.everyNth(sessions, MOST_SESSIONS).stream()
                .filter(ExponentSession::isPossible)
                .toList();
        for (EvidenceKind kind : EvidenceKind.values()) {
            enough[kind.ordinal()] =
                    this.sessions.stream().filter(one -> one.has(kind)).count() >= ENOUGH;
        }
    }

    /** Returns the exponents; 1 of a kind that fewer than {@value #ENOUGH} sessions have. */
    EvidenceExponents fit() {
        double[] at = {1, 1, 1};
        for (int step = 0; step < STEPS && !sessions.isEmpty(); step++) {
            EvidenceExponents exponents = exponents(at);
            // Sums in the order of the sessions: the same bits with any number of threads.
            Slope slope = sum(
                    sessions.parallelStream().map(one -> one.slope(exponents)).toList(), at);
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
                gradient[k] += slope.gradient()[k];
                for (int j = 0; j < KINDS; j++) {
                    curvature[k][j] += slope.curvature()[k][j];
                }
            }
        }
        return new Slope(gradient, curvature);
    }

    /** Returns Newton's step of the exponents that are free: of enough sessions, and not pushed against a bound. */
    private double[] change(Slope slope, double[] at) {
        int[] free = IntStream.range(0, KINDS)
                .filter(k -> enough[k])
                .filter(k -> !(at[k] <= 0 && slope.gradient()[k] < 0 || at[k] >= MOST && slope.gradient()[k] > 0))
                .toArray();
        double[] change = new double[KINDS];
        if (free.length == 0) {
            return change;
        }
        RealMatrix curvature = MatrixUtils.createRealMatrix(slope.curvature()).getSubMatrix(free, free);
        double[] gradient =
                IntStream.of(free).mapToDouble(k -> slope.gradient()[k]).toArray();
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
