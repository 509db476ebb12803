package io.heimdall.pipeline.monitor;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is kept of the sessions that a model has learned from: their stations, the box of their places, and the sessions with levels,
 * to which the law of the gains is fitted in many rounds.
 */
final class TrainedSessions {
    private final Predicate<Session> tellsGains;
    private final Set<String> stations = new HashSet<>();
    private final List<Session> withLevels = new ArrayList<>();
    private long number;
    private double south = Double.POSITIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;
    private double west = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;

    /**
     * Begins without a session.
     *
     * @param tellsGains whether the levels of a session tell the gains at the time of the training
     */
    TrainedSessions(Predicate<Session> tellsGains) {
        this.tellsGains = tellsGains;
    }

    /** Adds a session of a known place. */
    void add(Session session) {
        number++;
        stations.addAll(heard(session));
        GeoPoint place = session.source().orElseThrow();
        south = Math.min(south, place.latitude());
        north = Math.max(north, place.latitude());
        west = Math.min(west, place.longitude());
        east = Math.max(east, place.longitude());
        if (tellsGains.test(session) && !session.levels().isEmpty()) {
            withLevels.add(session);
        }
    }

    boolean isEmpty() {
        return number == 0;
    }

    /** Returns the sessions that tell the gains. */
    List<Session> withLevels() {
        return withLevels;
    }

    /** Returns how many sessions each station without a training session heard. */
    Map<String, Integer> unseen(List<Session> recent) {
        Map<String, Integer> unseen = new TreeMap<>();
        recent.stream()
                .flatMap(session -> heard(session).stream())
                .filter(station -> !stations.contains(station))
                .forEach(station -> unseen.merge(station, 1, Integer::sum));
        return unseen;
    }

    private static List<String> heard(Session session) {
        return session.measurements().stream()
                .filter(one -> !one.isSilence())
                .map(Measurement::station)
                .map(station -> station.name())
                .toList();
    }

    /** Returns how many places are outside of the training region, the box of the training places. */
    int outside(List<Estimate> estimates) {
        return (int) estimates.stream()
                .map(Estimate::location)
                .filter(at -> at.latitude() < south
                        || at.latitude() > north
                        || at.longitude() < west
                        || at.longitude() > east)
                .count();
    }
}
