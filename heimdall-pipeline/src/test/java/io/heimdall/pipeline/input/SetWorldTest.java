package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.files.ObjectKey;
import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can be said of a world without a feature. */
class SetWorldTest {
    private static final GeoPoint PLACE = new GeoPoint(45, 8);

    private static Session session(int number, boolean recorded) {
        Station station = new Station("Torino", PLACE);
        Recorded recording = Recorded.at(new ObjectKey("b", "sessions/" + number + "/Torino.npy"))
                .as("npy", 12_000);
        return new Session(
                "s" + number,
                "source",
                Optional.of(PLACE),
                145_000_000,
                true,
                Optional.empty(),
                List.of(recorded ? Measurement.recorded(station, recording, -70) : Measurement.level(station, -70)));
    }

    private static List<Session> recorded(int count) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(session(i, true));
        }
        return sessions;
    }

    @Test
    void fewSessionsAreSeen() {
        assertThatThrownBy(() -> SetWorld.check(recorded(17)))
                .isInstanceOf(PipelineException.class)
                .hasMessage("17 training sessions, and a world is fitted to at least 20");
    }
}
