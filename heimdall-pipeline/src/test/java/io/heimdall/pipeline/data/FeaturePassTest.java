package io.heimdall.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.files.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeaturePassTest {
    private static final GeoPoint PLACE = new GeoPoint(45, 7);

    private static Session session(int number, int recordings) {
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.level(new Station("level", PLACE), -60));
        for (int i = 0; i < recordings; i++) {
            ObjectKey key = new ObjectKey("b", number + "/" + i + ".npy");
            measurements.add(Measurement.recorded(new Station("s" + i, PLACE), Recorded.at(key), -60));
        }
        return new Session(
                "s" + number, "source", Optional.of(PLACE), 145_000_000, true, Optional.empty(), measurements);
    }

    private static List<Session> sessions(int... recordings) {
        List<Session> sessions = new ArrayList<>();
        for (int number = 0; number < recordings.length; number++) {
            sessions.add(session(number, recordings[number]));
        }
        return sessions;
    }

    @Test
    void piecesAreCutByRecordingsHoweverManyASessionHas() {
        List<Session> sessions = sessions(3, 0, 2, 5, 1, 9, 0, 0, 4);

        List<List<Session>> pieces = FeaturePass.pieces(sessions, 5);

        assertThat(pieces.stream().flatMap(List::stream)).containsExactlyElementsOf(sessions);
        assertThat(pieces.stream()
                        .map(piece -> piece.stream()
                                .mapToInt(session -> session.recordings().size())
                                .sum()))
                .containsExactly(5, 5, 1, 9, 4);
        assertThat(FeaturePass.pieces(List.of(), 5)).isEmpty();
    }
}
