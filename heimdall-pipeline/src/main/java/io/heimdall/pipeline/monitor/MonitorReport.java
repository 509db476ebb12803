package io.heimdall.pipeline.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What new sessions say of a model.
 *
 * @param model for people: {@code v3}
 * @param sessions new ones that were looked at
 * @param drifts gains of stations
 * @param unseen stations without a training session, with the number of new sessions that they heard
 * @param located new sessions that the model located
 * @param outside of these, places outside of the training region
 * @param confirmed new sessions of a known place that the model has not learned from and has located
 * @param covered of these, true places in the region of 90 %
 * @param medianErrorM median error on the confirmed ones, metres; empty without any
 */
public record MonitorReport(
        String model,
        int sessions,
        List<GainDrift> drifts,
        Map<String, Integer> unseen,
        int located,
        int outside,
        int confirmed,
        int covered,
        OptionalDouble medianErrorM) {
    /** The region whose coverage is watched. */
    static final double REGION = 0.9;

    private static final double OUTSIDE_WARNING = 0.05;
    private static final double OUTSIDE_ALARM = 0.2;
    private static final int FEWEST_LOCATED = 10;
    private static final double UNLIKELY = 0.05;
    private static final double VERY_UNLIKELY = 0.001;

    /** Copies list and map. */
    public MonitorReport {
        drifts = List.copyOf(drifts);
        unseen = new LinkedHashMap<>(unseen);
    }

    /** Returns the worst of all findings. */
    public Warning warning() {
        return driftWarning().or(unseenWarning()).or(outsideWarning()).or(coverageWarning());
    }

    /** Returns how much the worst drift matters. */
    public Warning driftWarning() {
        return drifts.stream().map(GainDrift::warning).reduce(Warning.OK, Warning::or);
    }

    /** Returns how much it matters that stations are new. */
    public Warning unseenWarning() {
        return unseen.isEmpty() ? Warning.OK : Warning.WARNING;
    }

    /** Returns how much the share of places outside of the training region matters; with few places nothing can be told. */
    public Warning outsideWarning() {
        if (located < FEWEST_LOCATED) {
            return Warning.OK;
        }
        double share = (double) outside / located;
        return share > OUTSIDE_ALARM ? Warning.ALARM : share > OUTSIDE_WARNING ? Warning.WARNING : Warning.OK;
    }

    /** Returns how much the coverage matters, by the probability of as few places in the regions of a calibrated model. */
    public Warning coverageWarning() {
        double probability = atMost(covered, confirmed, REGION);
        return probability < VERY_UNLIKELY ? Warning.ALARM : probability < UNLIKELY ? Warning.WARNING : Warning.OK;
    }

    /** Returns the probability of {@code count} or fewer successes of {@code trials} independent ones. */
    static double atMost(int count, int trials, double success) {
        double probability = 0;
        double logTerm = trials * Math.log1p(-success);
        for (int i = 0; i <= count; i++) {
            probability += Math.exp(logTerm);
            logTerm += Math.log((double) (trials - i) / (i + 1)) + Math.log(success / (1 - success));
        }
        return Math.min(1, probability);
    }

    /** Returns the fields of the JSON. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("warning", warning().word());
        json.put("sessions", sessions);
        json.put("drifts", drifts.stream().map(MonitorReport::json).toList());
        json.put("unseen_stations", unseen);
        json.put("located", located);
        json.put("outside", outside);
        json.put("outside_warning", outsideWarning().word());
        json.put("confirmed", confirmed);
        json.put("covered_90", covered);
        json.put("coverage_warning", coverageWarning().word());
        json.put("error_p50_m", medianErrorM.isPresent() ? medianErrorM.getAsDouble() : null);
        return json;
    }

    private static Map<String, Object> json(GainDrift drift) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("station", drift.station());
        json.put("sessions", drift.sessions());
        json.put("drift_db", drift.driftDb());
        json.put("error_db", Double.isFinite(drift.errorDb()) ? drift.errorDb() : null);
        json.put("warning", drift.warning().word());
        return json;
    }
}
