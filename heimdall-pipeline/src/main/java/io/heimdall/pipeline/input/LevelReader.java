package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.model.LocalPlane;
import io.heimdall.pipeline.world.Received;
import io.heimdall.pipeline.world.RecordedSession;
import io.heimdall.pipeline.world.StationSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads the levels of sessions for a law of levels. Immutable.
 *
 * <p>Its stations are those that heard in training; others are ignored. A station without a row has the same meaning
 * as for a set network.
 */
public final class LevelReader {
    private final LocalPlane plane;
    private final StationReports reports;
    private final Map<String, Integer> numbers = new HashMap<>();

    private LevelReader(LocalPlane plane, StationReports reports, Iterable<String> heard) {
        this.plane = plane;
        this.reports = reports;
        heard.forEach(name -> numbers.put(name, numbers.size()));
    }

    /**
     * Returns the reader for the stations of training sessions.
     *
     * @param plane in which places are
     */
    public static LevelReader of(List<Session> training, LocalPlane plane) {
        StationReports reports = StationReports.of(training, plane);
        TreeSet<String> heard = new TreeSet<>();
        training.forEach(session ->
                session.levels().forEach(level -> heard.add(level.station().name())));
        return new LevelReader(plane, reports, heard);
    }

    /** Returns the number of the stations. */
    public int stations() {
        return numbers.size();
    }

    /** Returns the levels of a session of a known source. */
    public RecordedSession of(Session session) {
        List<StationReport> known = reports.of(session).stream()
                .filter(report -> numbers.containsKey(report.station()))
                .toList();
        int[] number = new int[known.size()];
        double[] east = new double[known.size()];
        double[] north = new double[known.size()];
        List<Received> received = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            StationReport report = known.get(i);
            number[i] = numbers.get(report.station());
            east[i] = plane.east(report.place().longitude());
            north[i] = plane.north(report.place().latitude());
            received.add(report.heard() ? new Received.LevelAlone(report.levelDb()) : new Received.Silence());
        }
        GeoPoint source = session.source().orElse(new GeoPoint(plane.latitude(), plane.longitude()));
        return new RecordedSession(
                plane.east(source.longitude()),
                plane.north(source.latitude()),
                new StationSet(number, east, north, 0),
                received);
    }
}
