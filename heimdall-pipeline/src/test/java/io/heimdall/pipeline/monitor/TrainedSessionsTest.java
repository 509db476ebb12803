package io.heimdall.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of the training sessions, only those stay in memory to which the law of the levels is fitted. */
class TrainedSessionsTest {

    private static Session session(String id, double latitude, double longitude, String... stations) {
        return session(
                id,
                latitude,
                longitude,
                Stream.of(stations)
                        .map(name -> Measurement.level(station(name), -60))
                        .toList());
    }

    private static Session session(String id, double latitude, double longitude, List<Measurement> measurements) {
        GeoPoint source = new GeoPoint(latitude, longitude);
        return new Session(id, id, Optional.of(source), 145_000_000, true, Optional.empty(), measurements);
    }

    private static Station station(String name) {
        return new Station(name, new GeoPoint(45, 8));
    }

    private static Estimate at(double latitude, double longitude) {
        Location location = new Location(
                latitude,
                longitude,
                0.1,
                0.1,
                new LocalPlane(latitude, longitude),
                new NormalDistribution(0, 0, 5000, 5000, 0));
        return new Estimate("s", "s", Optional.empty(), List.of(), location);
    }

    @Test
    void theSessionsWithLevelsBeforeTheNewOnesAreKept() {
        TrainedSessions trained = new TrainedSessions(session -> !session.id().equals("new"));
        assertThat(trained.isEmpty()).isTrue();
        trained.add(session("new", 45, 8, "a"));
        trained.add(session("without levels", 45, 8, List.of(Measurement.silence(station("c")))));
        trained.add(session("old", 45, 8, "a", "b"));

        assertThat(trained.isEmpty()).isFalse();
        assertThat(trained.withLevels()).extracting(Session::id).containsExactly("old");
    }

    @Test
    void stationsAndPlacesAreHeldAgainstAllOfThem() {
        TrainedSessions trained = new TrainedSessions(session -> false);
        trained.add(session("1", -45, 7, "a"));
        trained.add(session("2", -44, 9, "b"));
        trained.add(session("3", -44.5, 8, List.of(Measurement.silence(station("c")))));

        assertThat(trained.unseen(List.of(session("3", 0, 0, "a", "c"), session("4", 0, 0, "c", "d"))))
                .isEqualTo(Map.of("c", 2, "d", 1));
        assertThat(trained.outside(
                        List.of(at(-45, 7), at(-44.5, 8), at(-45.1, 8), at(-43.9, 8), at(-44.5, 6.9), at(-44.5, 9.1))))
                .isEqualTo(4);
    }
}
