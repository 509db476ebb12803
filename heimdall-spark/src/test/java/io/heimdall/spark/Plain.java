package io.heimdall.spark;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.features.spectrum.FeatureParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one process computes by itself. */
final class Plain {
    private Plain() {}

    /** Returns the features of each recording of some sessions that can be read, by session and station. */
    static Map<String, float[]> features(Workspace workspace, List<Session> sessions, FeatureCache cache) {
        RecordingFeatures features = new RecordingFeatures(workspace.objects(), FeatureParameters.network(), cache);
        Map<String, float[]> all = new LinkedHashMap<>();
        for (Session session : sessions) {
            for (Measurement measurement : session.measurements()) {
                if (measurement.recorded().isPresent()) {
                    try {
                        all.put(session.id() + " " + measurement.station().name(), features.of(measurement));
                    } catch (DatasetException unreadable) {
                        continue;
                    }
                }
            }
        }
        features.flush();
        return all;
    }
}
