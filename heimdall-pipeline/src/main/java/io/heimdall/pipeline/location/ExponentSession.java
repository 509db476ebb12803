package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.posterior.EvidenceGrid;
import io.heimdall.localization.posterior.Posterior;
import io.heimdall.localization.posterior.SearchArea;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A session whose true place is known, on the plane that touches there. It remembers what its evidence says of each place, for the
 * next exponents and for the next fit; so it is for one thread at a time.
 */
final class ExponentSession {
    private static final int CELLS = 20_000;
    private static final int KINDS = EvidenceKind.values().length;

    private final Session session;
    private final List<EvidenceKind> kinds;
    private final EvidenceGrid grid;
    private final int size;
    private final double[] atTruth = new double[KINDS];
    private final boolean possible;

    /**
     * Gradient of the log density of the true place, and curvature with its sign turned.
     *
     * @param gradient by the exponents of the kinds of evidence, in nats
     * @param curvature likewise, row by row
     */
    record Slope(double[] gradient, double[][] curvature) {}

    private ExponentSession(EvidenceProduct product) {
        session = product.session().session();
        GeoPoint source = session.source().orElseThrow();
        LocalPlane plane = new GroundPoint(source.latitude(), source.longitude()).plane();
        double east = plane.east(source.longitude());
        double north = plane.north(source.latitude());
        SearchArea area = product.area(plane);
        Map<EvidenceKind, Evidence> byKind = product.evidence(plane);
        kinds = List.copyOf(byKind.keySet());
        List<Evidence> evidence = new ArrayList<>(byKind.values());
        product.prior(plane).ifPresent(evidence::add);
        size = evidence.size();
        grid = new EvidenceGrid(area, evidence, Posterior.FINEST_M, CELLS);
        boolean all = area.westM() < east && east < area.eastM() && area.southM() < north && north < area.northM();
        for (int i = 0; i < kinds.size(); i++) {
            double log = evidence.get(i).logDensity(east, north, 0);
            atTruth[kinds.get(i).ordinal()] = log;
            all &= Double.isFinite(log);
        }
        possible = all;
    }

    static ExponentSession of(EvidenceProduct product) {
        return new ExponentSession(product);
    }

    Session session() {
        return session;
    }

    /** Returns whether the true place is among what is searched: beyond it no exponents change anything. */
    boolean isPossible() {
        return possible;
    }

    boolean has(EvidenceKind kind) {
        return kinds.contains(kind);
    }

    /** Returns how the log density of the true place changes with the exponents. */
    Slope slope(EvidenceExponents exponents) {
        double[] powers = new double[size];
        for (int i = 0; i < size; i++) {
            powers[i] = i < kinds.size() ? exponents.of(kinds.get(i)) : 1; // the prior comes last
        }
        double[] mean = new double[KINDS];
        double[][] square = new double[KINDS][KINDS];
        grid.forEachCell(powers, (mass, logs) -> {
            for (int i = 0; i < kinds.size(); i++) {
                int k = kinds.get(i).ordinal();
                mean[k] += mass * logs[i];
                for (int j = 0; j < kinds.size(); j++) {
                    square[k][kinds.get(j).ordinal()] += mass * logs[i] * logs[j];
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
