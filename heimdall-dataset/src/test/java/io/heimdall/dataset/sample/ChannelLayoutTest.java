package io.heimdall.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelLayoutTest {
    private final Session session = Sessions.session("s");
    private final Measurement torino = session.measurements().get(0);
    private final Measurement aquila = session.measurements().get(1);

    @Test
    void everyRecordingByItselfFillsThreeChannels() {
        ChannelLayout layout = ChannelLayout.singleReceiver();
        assertThat(layout.channels()).isEqualTo(3);
        assertThat(layout.recipes(session))
                .containsExactly(
                        new SampleRecipe(
                                "s/Torino",
                                List.of(Optional.of(torino), Optional.of(torino), Optional.of(torino)),
                                session.source()),
                        new SampleRecipe(
                                "s/Aquila di Giaveno",
                                List.of(Optional.of(aquila), Optional.of(aquila), Optional.of(aquila)),
                                session.source()));
    }

    @Test
    void stationsStandInTheOrderOfTheLayout() {
        ChannelLayout layout = ChannelLayout.stations(List.of("Genova", "Aquila di Giaveno", "Torino"));
        assertThat(layout.channels()).isEqualTo(3);
        assertThat(layout.recipes(session))
                .containsExactly(new SampleRecipe(
                        "s", List.of(Optional.empty(), Optional.of(aquila), Optional.of(torino)), session.source()));
    }

    @Test
    void aSessionThatNoStationOfTheLayoutHeardGivesNothing() {
        assertThat(ChannelLayout.stations(List.of("Genova")).recipes(session)).isEmpty();
    }

    @Test
    void stationsAreAtLeastOneAndNoneTwice() {
        assertThatThrownBy(() -> ChannelLayout.stations(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> ChannelLayout.stations(List.of("a", "b", "a"))).hasMessageContaining("[a, b, a]");
    }
}
