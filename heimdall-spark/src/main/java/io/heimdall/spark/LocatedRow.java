package io.heimdall.spark;

import io.heimdall.app.EvidenceJson;
import io.heimdall.app.PosteriorJson;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A located session as a row of a table: the numbers of {@code heimdall predict --json}, without the parts that are lists. */
final class LocatedRow {
    private LocatedRow() {}

    /**
     * Returns the row of a prediction; what there is not, it does not have.
     *
     * @param warnings of the session
     */
    static LinkedHashMap<String, Object> of(Prediction prediction, CarriedModel model, List<String> warnings) {
        LinkedHashMap<String, Object> row = new LinkedHashMap<>();
        row.put("session", prediction.sessionId());
        List<String> all = new ArrayList<>(warnings);
        if (prediction instanceof Prediction.ByLevels levels) {
            row.put("sample", levels.estimate().id());
            position(PosteriorJson.position(levels.estimate()), row);
            row.put("evidence", EvidenceKind.LEVELS.toString());
        } else if (prediction instanceof Prediction.ByEvidence evidence) {
            LocatedSession located = evidence.located();
            row.put("sample", prediction.sessionId());
            position(EvidenceJson.position(located, true), row);
            row.put("evidence", String.join(",", kinds(located)));
            all.addAll(located.warnings());
        }
        row.put("model", model.title());
        row.put("model_sha256", model.sha256());
        if (!all.isEmpty()) {
            row.put("warnings", String.join("\n", all));
        }
        return row;
    }

    private static List<String> kinds(LocatedSession located) {
        List<String> kinds = new ArrayList<>();
        if (located.levels().isPresent()) {
            kinds.add(EvidenceKind.LEVELS.toString());
        }
        if (!located.delays().isEmpty()) {
            kinds.add(EvidenceKind.DELAYS.toString());
        }
        if (!located.bearings().isEmpty()) {
            kinds.add(EvidenceKind.BEARINGS.toString());
        }
        return kinds;
    }

    private static void position(Map<String, Object> json, Map<String, Object> row) {
        for (String name :
                List.of("latitude", "longitude", "sigma_lat_deg", "sigma_lon_deg", "sigma_east_m", "sigma_north_m")) {
            row.put(name, json.get(name));
        }
        double[][] covariance = (double[][]) json.get("covariance");
        row.put("covariance_east_m2", covariance[0][0]);
        row.put("covariance_east_north_m2", covariance[0][1]);
        row.put("covariance_north_m2", covariance[1][1]);
        Map<?, ?> median = (Map<?, ?>) json.get("median");
        row.put("median_latitude", median.get("latitude"));
        row.put("median_longitude", median.get("longitude"));
        for (Object each : (List<?>) json.get("regions")) {
            Map<?, ?> region = (Map<?, ?>) each;
            row.put("area_" + Math.round(100 * (double) region.get("level")) + "_km2", region.get("area_km2"));
        }
    }
}
