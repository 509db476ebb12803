package io.heimdall.pipeline.versions;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.pipeline.evaluation.Answer;

/**
 * A session that both models have located.
 *
 * @param session with a known place
 * @param group number of what stays together, from 0
 * @param first answer of the first model
 * @param second answer of the second model
 */
record ComparedSession(Session session, int group, Answer first, Answer second) {

    /** Returns the place of the transmitter. */
    GeoPoint place() {
        return session.source().orElseThrow();
    }

    /** Returns how many stations heard it. */
    int stations() {
        return (int) session.measurements().stream()
                .filter(measurement -> !measurement.isSilence())
                .count();
    }

    /** Returns the distance from the transmitter to the nearest station that heard it, metres. */
    double nearestStationM() {
        return session.measurements().stream()
                .filter(measurement -> !measurement.isSilence())
                .mapToDouble(measurement -> measurement.station().position().distanceMetres(place()))
                .min()
                .orElse(0);
    }

    /** Returns how much farther from the truth the second model is, metres; negative where it is nearer. */
    double fartherM() {
        return second.distance() - first.distance();
    }
}
