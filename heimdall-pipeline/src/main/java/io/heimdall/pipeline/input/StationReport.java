package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import java.util.Optional;

/**
 * What one station says of a session.
 *
 * @param station name
 * @param place of its antenna
 * @param measurement with a recording; empty where it was in service and heard nothing
 */
record StationReport(String station, GeoPoint place, Optional<Measurement> measurement) {

    boolean heard() {
        return measurement.isPresent();
    }
}
