package io.heimdall.pipeline.monitor;

import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.metrics.Quantiles;
import io.heimdall.pipeline.evaluation.StationLaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Estimates how the gains of stations have changed, from sessions of known places.
 *
 * <p>The law of the levels, {@code level = power + gain[station] - 10 n log10(distance)}, is fitted to the training sessions. What
 * remains of a new session's levels is, up to the power of its transmitter, the drift of its stations. Drifts are fitted by least
 * squares with a free power for each session; since powers are free, only differences of drifts are known, and the median of all
 * stations is 0 by convention. Stations of one training session or none have no gain to drift from.
 */
final class GainDrifts {
    private static final int ROUNDS = 100;

    /** How far above its lowest level a station hears a signal rather than itself, decibels; a drifted gain moves both. */
    private static final double NOISE_MARGIN_DB = 1;

    /** Of fewer groups, a standard error says too little: three of them are reached by chance. */
    private static final int FEWEST_GROUPS = 5;

    private final GroupBy groupBy;
    /** What remains of each level, by session. */
    private final List<Map<String, Double>> residuals = new ArrayList<>();

    private final List<String> groups = new ArrayList<>();

    private GainDrifts(GroupBy groupBy) {
        this.groupBy = groupBy;
    }

    /**
     * Estimates the drifts.
     *
     * @param training sessions of known places
     * @param recent sessions of known places
     * @param groupBy whose sessions err alike
     * @return one for each station that is in both, in the order of names
     */
    static List<GainDrift> of(List<Session> training, List<Session> recent, GroupBy groupBy) {
        if (training.isEmpty()) {
            return List.of();
        }
        StationLaw law = StationLaw.fit(training);
        GainDrifts drifts = new GainDrifts(groupBy);
        Map<String, Double> floors = new HashMap<>();
        recent.stream()
                .flatMap(session -> session.levels().stream())
                .forEach(level -> floors.merge(level.station().name(), level.decibels(), Math::min));
        recent.forEach(session -> drifts.add(session, law, floors));
        return drifts.estimates();
    }

    private void add(Session session, StationLaw law, Map<String, Double> floors) {
        Map<String, Double> remains = new HashMap<>();
        for (Level level : session.levels()) {
            String station = level.station().name();
            if (level.decibels() > floors.get(station) + NOISE_MARGIN_DB) {
                law.residualDb(session.source().orElseThrow(), level)
                        .ifPresent(residual -> remains.put(station, residual));
            }
        }
        if (remains.size() > 1) { // of a single one everything is power
            residuals.add(remains);
            groups.add(groupBy.groupOf(session));
        }
    }

    private List<GainDrift> estimates() {
        Map<String, Double> drifts = new TreeMap<>();
        residuals.forEach(session -> session.keySet().forEach(station -> drifts.put(station, 0.0)));
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, double[]> sums = new HashMap<>();
            for (Map<String, Double> session : residuals) {
                double power = power(session, drifts);
                session.forEach((station, residual) -> {
                    double[] sum = sums.computeIfAbsent(station, name -> new double[2]);
                    sum[0] += residual - power;
                    sum[1]++;
                });
            }
            sums.forEach((station, sum) -> drifts.put(station, sum[0] / sum[1]));
        }
        double middle = drifts.isEmpty()
                ? 0
                : Quantiles.of(drifts.values().stream().mapToDouble(db -> db).toArray(), 0.5);
        return drifts.entrySet().stream()
                .map(drift -> estimate(drift.getKey(), drift.getValue() - middle, drifts))
                .toList();
    }

    private static double power(Map<String, Double> session, Map<String, Double> drifts) {
        return session.entrySet().stream()
                .mapToDouble(level -> level.getValue() - drifts.get(level.getKey()))
                .average()
                .orElseThrow();
    }

    /** The standard error follows from sums over groups: sessions of one place are shadowed alike. */
    private GainDrift estimate(String station, double drift, Map<String, Double> drifts) {
        Map<String, Double> sums = new HashMap<>();
        int count = 0;
        for (int i = 0; i < residuals.size(); i++) {
            Double residual = residuals.get(i).get(station);
            if (residual != null) {
                count++;
                // A session of m stations tells the station's drift from those of the m - 1 others.
                double share = 1 - 1.0 / residuals.get(i).size();
                double error = (residual - drifts.get(station) - power(residuals.get(i), drifts)) / share;
                sums.merge(groups.get(i), error, Double::sum);
            }
        }
        double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
        double number = sums.size();
        double error =
                number < FEWEST_GROUPS ? Double.POSITIVE_INFINITY : Math.sqrt(squares * number / (number - 1)) / count;
        return new GainDrift(station, count, drift, error);
    }
}
