package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Sessions whose levels follow the log-distance law to the last digit, without recordings. */
final class LevelSessions {
    static final double EXPONENT = 3.2;

    static final Map<String, Double> GAINS_DB = Map.of("A", 4.0, "B", -1.0, "C", -3.0, "D", 2.0, "E", -2.0);

    private static final Map<String, GeoPoint> STATIONS = Map.of(
            "A", new GeoPoint(45.0, 7.3),
            "B", new GeoPoint(45.4, 8.9),
            "C", new GeoPoint(44.4, 8.8),
            "D", new GeoPoint(45.2, 7.9),
            "E", new GeoPoint(44.6, 7.5));

    private LevelSessions() {}

    static Session of(String id, GeoPoint source, double powerDb) {
        List<Measurement> measurements = new ArrayList<>();
        STATIONS.forEach((name, place) -> measurements.add(Measurement.level(
                new Station(name, place),
                powerDb + GAINS_DB.get(name) - 10 * EXPONENT * Math.log10(source.distanceMetres(place)))));
        return new Session(id, "source " + id, Optional.of(source), 145_000_000, true, Optional.empty(), measurements);
    }

    /** Draws sources in the stations' box, of powers within 12 dB. */
    static List<Session> random(int number, long seed) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            GeoPoint source = new GeoPoint(44.4 + random.nextDouble(), 7.3 + 1.6 * random.nextDouble());
            sessions.add(of(seed + "-" + i, source, 60 + 12 * random.nextDouble()));
        }
        return sessions;
    }
}
