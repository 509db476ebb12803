package io.heimdall.app.service;

import io.heimdall.app.EvidenceJson;
import io.heimdall.app.PosteriorJson;
import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.report.MapData;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the locations of an answer, with the parts that the caller wants.
 *
 * @param regions whether medians and regions: of a mixture of 32 components they take 0.45 ms of processor time
 * @param map whether what a map shows: outlines of regions, and stations; it takes some milliseconds of processor time
 */
record LocationViews(boolean regions, boolean map) {
    /** As many as a table has sessions: more maps would hold a thread for long. */
    private static final int MOST_MAPS = 64;

    /** Returns what the parameters of a request want. */
    static LocationViews wanted(Context context) {
        return new LocationViews(flag(context, "regions", true), flag(context, "map", false));
    }

    private static boolean flag(Context context, String name, boolean usual) {
        String text = Optional.ofNullable(context.queryParam(name)).orElse(Boolean.toString(usual));
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.badRequest(name + " is '" + Answers.shown(text) + "', expected true or false");
        }
        return text.equals("true");
    }

    /**
     * Checks that so many locations may be shown; for features this is known before the model runs.
     *
     * @throws Problem if they are too many for maps
     */
    void check(int locations) {
        if (map && locations > MOST_MAPS) {
            throw Problem.conflict("map is true for " + locations + " locations, expected at most " + MOST_MAPS);
        }
    }

    /** Returns the answers of a model to features. */
    List<Map<String, Object>> of(List<Location> locations) {
        check(locations.size());
        List<Map<String, Object>> views = new ArrayList<>();
        for (Location location : locations) {
            Map<String, Object> view = of(location);
            if (map) {
                view.put("map", MapData.of(location));
            }
            views.add(view);
        }
        return views;
    }

    /**
     * Returns what was located of sessions.
     *
     * @throws Problem if maps are wanted of too many: a model may answer for each recording of a session
     */
    List<Map<String, Object>> of(Predicted predicted) {
        check(predicted.predictions().size());
        Map<String, Session> sessions = new LinkedHashMap<>();
        predicted.sessions().forEach(session -> sessions.put(session.id(), session));
        List<Map<String, Object>> views = new ArrayList<>();
        for (Prediction prediction : predicted.predictions()) {
            Map<String, Object> view = new LinkedHashMap<>();
            if (prediction instanceof Prediction.ByLevels levels) {
                view.put("sample_id", levels.estimate().id());
                view.putAll(of(levels.estimate().location()));
            } else if (prediction instanceof Prediction.ByEvidence all) {
                view.put("sample_id", all.sessionId());
                view.putAll(EvidenceJson.position(all.located(), regions));
                view.keySet().removeAll(List.of("sigma_east_m", "sigma_north_m")); // as of levels alone
                view.put("evidence", EvidenceJson.evidence(all.located()));
            }
            if (map) {
                view.put("map", MapData.of(prediction, sessions.get(prediction.sessionId())));
            }
            views.add(view);
        }
        return views;
    }

    private Map<String, Object> of(Location location) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("latitude", location.latitude());
        view.put("longitude", location.longitude());
        view.put("sigma_lat_deg", location.sigmaLatitude());
        view.put("sigma_lon_deg", location.sigmaLongitude());
        view.putAll(regions ? PosteriorJson.fields(location) : PosteriorJson.outputs(location));
        return view;
    }
}
