package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.split.GroupBy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefinementTest {
    private static Session session(String id, String source) {
        GeoPoint place = new GeoPoint(45, 8);
        return new Session(
                id,
                source,
                Optional.of(place),
                145_000_000,
                true,
                Optional.empty(),
                List.of(Measurement.level(new Station("Torino", place), -80)));
    }

    @Test
    void sessionsAreJudgedByGroupWhereThereIsMoreThanOne() {
        List<Session> sessions = List.of(session("a", "bus"), session("b", "bus"), session("c", "boat"));

        assertThat(Refinement.names(sessions, GroupBy.SOURCE)).containsExactly("bus", "bus", "boat");
    }

    @Test
    void sessionsOfTheOnlyGroupAreJudgedEachByItself() {
        List<Session> sessions = List.of(session("a", "bus"), session("b", "bus"), session("c", "bus"));

        assertThat(Refinement.names(sessions, GroupBy.SOURCE)).containsExactly("a", "b", "c");
    }
}
