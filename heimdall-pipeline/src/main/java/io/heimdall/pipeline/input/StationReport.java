package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import java.util.Optional;

/**
 * What one station says of a session.
 *
 * @param station name
 * @param place of its antenna
 * @param measurement with a recording or a level; empty where it was in service and heard nothing
 */
record StationReport(String station, GeoPoint place, Optional<Measurement> measurement) {

    boolean heard() {
        return measurement.isPresent();
    }

    boolean recorded() {
        return measurement.flatMap(Measurement::recorded).isPresent();
    }

    /** Returns the level of a station that heard the session. */
    double levelDb() {
        return measurement.orElseThrow().levelDb().orElseThrow();
    }
}
