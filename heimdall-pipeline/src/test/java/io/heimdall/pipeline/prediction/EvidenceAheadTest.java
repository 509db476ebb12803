package io.heimdall.pipeline.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.pipeline.location.SessionEvidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceAheadTest {
    private final List<Integer> measured = new ArrayList<>();

    private static Session session(int i) {
        Measurement heard = new Measurement(
                new Station("a", new GeoPoint(45, 8)),
                Optional.empty(),
                OptionalDouble.of(-70),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
        return new Session("s" + i, "", Optional.empty(), 145_500_000, false, Optional.empty(), List.of(heard));
    }

    /** Each third session tells something. */
    private Map<String, SessionEvidence> measure(List<Session> sessions) {
        measured.add(sessions.size());
        Map<String, SessionEvidence> evidence = new HashMap<>();
        for (Session session : sessions) {
            if (Integer.parseInt(session.id().substring(1)) % 3 == 0) {
                evidence.put(session.id(), new SessionEvidence(session, List.of(), List.of()));
            }
        }
        return evidence;
    }

    @Test
    void eachSessionGetsItsOwnEvidenceAndFewAreMeasuredAtATime() {
        List<Session> sessions =
                IntStream.range(0, 100).mapToObj(EvidenceAheadTest::session).toList();
        EvidenceAhead ahead = new EvidenceAhead(sessions, this::measure);
        assertThat(measured).isEmpty();
        for (int i = 0; i < 100; i++) {
            Optional<SessionEvidence> evidence = ahead.next();
            assertThat(evidence.map(one -> one.session().id()))
                    .isEqualTo(i % 3 == 0 ? Optional.of("s" + i) : Optional.empty());
            assertThat(measured.stream().mapToInt(count -> count).sum()).isBetween(i + 1, i + 32);
        }
        assertThat(measured).containsExactly(32, 32, 32, 4);
    }
}
