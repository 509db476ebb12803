package io.heimdall.pipeline.input;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LooseRecordings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says where the stations of recordings stand that were given without a table, and on which frequency they were.
 *
 * @param stations the model's, with the position of each that stands still
 * @param carrierHz the frequency of a session that does not tell it
 */
record KnownPlaces(Map<String, Optional<GeoPoint>> stations, double carrierHz) {

    /**
     * Returns a session of which all positions and the frequency are known.
     *
     * @throws DatasetException naming a station of which nothing tells the position
     */
    Session of(Session session) {
        boolean placed = session.frequencyHz() != LooseRecordings.UNKNOWN_HZ
                && session.measurements().stream().noneMatch(KnownPlaces::isNowhere);
        if (placed) {
            return session;
        }
        List<Measurement> measurements = session.measurements().stream()
                .map(m -> isNowhere(m) ? m.from(place(session, m.station().name())) : m)
                .toList();
        return new Session(
                session.id(),
                session.sourceName(),
                session.source(),
                session.frequencyHz() == LooseRecordings.UNKNOWN_HZ ? Math.round(carrierHz) : session.frequencyHz(),
                session.approved(),
                session.start(),
                measurements);
    }

    private static boolean isNowhere(Measurement measurement) {
        return measurement.station().position().equals(LooseRecordings.NOWHERE);
    }

    private GeoPoint place(Session session, String station) {
        return stations.getOrDefault(station, Optional.empty())
                .orElseThrow(
                        () -> new DatasetException(
                                "session " + session.id() + ": nothing tells where station '"
                                        + station + "' stands; the model knows " + String.join(", ", stations.keySet())
                                        + "; name the station of each recording, STATION=FILE, or give a table with station_lat and station_lon"));
    }
}
