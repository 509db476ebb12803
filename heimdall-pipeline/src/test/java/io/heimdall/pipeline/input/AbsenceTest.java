package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final List<Station> STATIONS = List.of(
            new Station("a", new GeoPoint(45, 7)),
            new Station("b", new GeoPoint(45.4, 8)),
            new Station("c", new GeoPoint(44.6, 8.6)));

    /** Sessions at random places, heard with a probability that follows from the distance in kilometres. */
    private static List<Session> sessions(int count, ToDoubleFunction<Double> probability) {
        Random random = new Random(count);
        List<Session> sessions = new ArrayList<>();
        while (sessions.size() < count) {
            GeoPoint source = new GeoPoint(44.5 + random.nextDouble(), 7 + 1.8 * random.nextDouble());
            List<Measurement> heard = new ArrayList<>();
            for (Station station : STATIONS) {
                double kilometres = source.distanceMetres(station.position()) / 1000;
                if (random.nextDouble() < probability.applyAsDouble(kilometres)) {
                    heard.add(Measurement.level(station, -60));
                }
            }
            if (!heard.isEmpty()) {
                sessions.add(new Session(
                        "s" + sessions.size(), "", Optional.of(source), 100_000_000, true, Optional.empty(), heard));
            }
        }
        return sessions;
    }

    private static boolean informative(List<Session> sessions) {
        return Absence.isInformative(
                sessions, STATIONS.stream().collect(Collectors.toMap(Station::name, s -> Optional.of(s.position()))));
    }

    @Test
    void stationsThatHearNothingFarAwayWereInService() {
        assertThat(informative(sessions(300, kilometres -> kilometres < 70 ? 0.95 : 0.2)))
                .isTrue();
        assertThat(informative(sessions(300, kilometres -> Math.exp(-kilometres / 100))))
                .isTrue();
    }

    @Test
    void stationsThatAreAwayAtRandomWereOutOfService() {
        for (int seed = 200; seed < 230; seed++) {
            assertThat(informative(sessions(seed, kilometres -> 0.7))).isFalse();
        }
    }

    @Test
    void stationsThatAreNeverAwayTellNothing() {
        assertThat(informative(sessions(50, kilometres -> 1.0))).isFalse();
        assertThat(informative(List.of())).isFalse();
    }

    @Test
    void whereSilenceIsWrittenDownTheOthersWereOutOfService() {
        List<Session> sessions = new ArrayList<>(sessions(300, kilometres -> Math.exp(-kilometres / 100)));
        assertThat(informative(sessions)).isTrue();
        sessions.set(7, sessions.get(7).heardBy(List.of(Measurement.silence(STATIONS.get(1)))));
        assertThat(informative(sessions)).isFalse();
    }

    @Test
    void absenceOfAStationThatMovesTellsNothing() {
        List<Session> sessions = sessions(300, kilometres -> Math.exp(-kilometres / 100));
        assertThat(Absence.isInformative(
                        sessions, STATIONS.stream().collect(Collectors.toMap(Station::name, s -> Optional.empty()))))
                .isFalse();
    }
}
