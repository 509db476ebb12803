package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.pipeline.data.SplitSessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been learned and exported, before it is registered and judged.
 *
 * @param kept weights; of an ensemble, those of all members
 * @param members results of the members; one where there is a single network
 * @param description of the model file
 * @param splits as each member sees the sessions
 * @param warnings that belong into the report
 */
record Learned(
        Kept kept,
        List<TrainingResult> members,
        ModelDescription description,
        List<SplitSessions> splits,
        List<String> warnings) {

    /** Returns the sessions that judge the model, each outside of what a member has learned from. */
    List<Session> judged() {
        return splits.stream().flatMap(split -> split.test().stream()).toList();
    }

    /** Returns how many sessions there are for what, in words. */
    String sessions() {
        SplitSessions first = splits.get(0);
        return splits.size() > 1
                ? judged().size() + ", each judged by the member of " + splits.size() + " that has not seen its group"
                : first.training().size() + " training, " + first.validation().size() + " validation, "
                        + first.test().size() + " test";
    }

    /** Returns each station once, where it stood first: a receiver on a car would cover the map. */
    List<Station> stations() {
        Map<String, Station> stations = new LinkedHashMap<>();
        splits.stream()
                .flatMap(split -> split.training().stream())
                .flatMap(session -> session.measurements().stream())
                .forEach(measurement ->
                        stations.putIfAbsent(measurement.station().name(), measurement.station()));
        return List.copyOf(stations.values());
    }
}
