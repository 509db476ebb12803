package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.metrics.JudgedForecast;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.output.PlanePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model puts a transmitter.
 *
 * @param id of the sample: of the session, or of session and station
 * @param sessionId of the session
 * @param truth where the transmitter stood, if known
 * @param heard the stations whose measurements the model saw
 * @param location position and one sigma, degrees, and the density of the place
 */
public record Estimate(String id, String sessionId, Optional<GeoPoint> truth, List<Station> heard, Location location) {

    /** Copies the list. */
    public Estimate {
        heard = List.copyOf(heard);
    }

    /** Returns an estimate of the same sample at another place. */
    public Estimate at(Location other) {
        return new Estimate(id, sessionId, truth, heard, other);
    }

    /** Returns one sigma to the east, metres on the ground at the estimated place. */
    public double sigmaEastM() {
        return location.sigmaLongitude() * ground().metresPerDegreeEast();
    }

    /** Returns one sigma to the north, metres on the ground at the estimated place. */
    public double sigmaNorthM() {
        return location.sigmaLatitude() * ground().metresPerDegreeNorth();
    }

    /** Returns the density of the place on the ground. */
    public GroundDensity density() {
        return GroundDensity.of(location.plane(), location.density(), location.levels());
    }

    /**
     * Returns the estimate beside its truth, metres in the plane at the truth.
     *
     * @throws java.util.NoSuchElementException if the truth is not known
     */
    public JudgedForecast judged() {
        GeoPoint place = truth.orElseThrow();
        LocalPlane plane = new LocalPlane(place.latitude(), place.longitude());
        return new JudgedForecast(location.densityOn(plane), new PlanePoint(0, 0), location.levels());
    }

    /** Returns estimates beside their truths, as {@link #judged()} does. */
    public static JudgedForecasts judged(List<Estimate> estimates) {
        return new JudgedForecasts(estimates.stream().map(Estimate::judged).toList());
    }

    /**
     * Returns the session of each estimate, in the order of the estimates.
     *
     * @param sessions those that were located, and perhaps others
     */
    public static List<Session> sessions(List<Estimate> estimates, List<Session> sessions) {
        Map<String, Session> byId = new HashMap<>();
        sessions.forEach(session -> byId.put(session.id(), session));
        return estimates.stream()
                .map(estimate -> byId.get(estimate.sessionId()))
                .toList();
    }

    private LocalPlane ground() {
        // A network may say anything; beyond the poles there is no ground to measure on.
        double latitude = Math.max(-89, Math.min(89, location.latitude()));
        return new LocalPlane(latitude, Math.IEEEremainder(location.longitude(), 360));
    }

    /** Returns whether no session has several estimates, one for each recording: those are not independent of one another. */
    public static boolean isOneOfEach(List<Estimate> estimates) {
        return estimates.stream().map(Estimate::sessionId).distinct().count() == estimates.size();
    }
}
