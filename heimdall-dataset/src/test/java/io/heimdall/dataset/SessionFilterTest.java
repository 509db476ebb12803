package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFilterTest {

    @TempDir
    Path directory;

    @Test
    void endsThatAreOutOfOrderAreNamed() {
        SessionFilter all = SessionFilter.all();
        assertThatThrownBy(() -> all.withStartBetween(Sessions.START, Sessions.START))
                .hasMessageContaining("is not before until 2026-11-24");
        assertThatThrownBy(() -> all.withBandHz(2, 1)).hasMessage("band 2..1 Hz ends before it begins");
        assertThatThrownBy(() -> all.withSnrOfAtLeastDb(Double.NaN)).hasMessage("SNR NaN dB is not finite");
        assertThatThrownBy(() -> all.withClippedShareOfAtMost(1.5)).hasMessage("clipped share 1.5 is not in 0..1");
    }

    @Test
    void keepsTheStationsThatAreWanted() {
        Session session = Sessions.session("s");
        assertThat(SessionFilter.all().of(session)).contains(session);
        assertThat(SessionFilter.all().withStations(List.of("Torino")).of(session))
                .contains(session.heardBy(List.of(session.measurements().get(0))));
        assertThat(SessionFilter.all().withStations(List.of("Genova")).of(session))
                .isEmpty();
    }

    @Test
    void aWorkspaceSaysThatItKnowsNoDatasets() {
        try (RecordingCatalog catalog = SqliteCatalog.open(directory.resolve("c.sqlite"))) {
            assertThatThrownBy(() -> catalog.sessions(SessionFilter.all().withTrainingDataset("x")))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("no training datasets");
        }
    }
}
