package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import java.util.Optional;

/**
 * Where a model puts a transmitter.
 *
 * @param id of the sample: of the session, or of session and station
 * @param sessionId of the session
 * @param truth where the transmitter stood, if known
 * @param location position and one sigma, degrees
 */
public record Estimate(String id, String sessionId, Optional<GeoPoint> truth, Location location) {

    /** Returns one sigma to the east, metres on the ground at the estimated place. */
    public double sigmaEastM() {
        return location.sigmaLongitude() * ground().metresPerDegreeEast();
    }

    /** Returns one sigma to the north, metres on the ground at the estimated place. */
    public double sigmaNorthM() {
        return location.sigmaLatitude() * ground().metresPerDegreeNorth();
    }

    private LocalPlane ground() {
        // A network may say anything; beyond the poles there is no ground to measure on.
        double latitude = Math.max(-89, Math.min(89, location.latitude()));
        return new LocalPlane(latitude, Math.IEEEremainder(location.longitude(), 360));
    }
}
