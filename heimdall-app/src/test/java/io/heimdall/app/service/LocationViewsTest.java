package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Maps up to a limit, of features and of sessions alike. */
class LocationViewsTest {
    private static final LocationViews PLAIN = new LocationViews(false, false);
    private static final LocationViews MAPS = new LocationViews(false, true);

    private static Predicted predicted(int number) {
        Location location =
                new Location(45, 8, 0.1, 0.1, new LocalPlane(45, 8), new NormalDistribution(0, 0, 5000, 5000, 0));
        Prediction one = new Prediction.ByLevels(new Estimate("s1/a", "s1", Optional.empty(), List.of(), location));
        return new Predicted(Collections.nCopies(number, one), List.of(), List.of());
    }

    @Test
    void aModelThatAnswersForEachRecordingHasNoMoreMapsThanFeaturesHave() {
        assertThatThrownBy(() -> MAPS.of(predicted(65)))
                .isInstanceOf(Problem.class)
                .hasMessage("map is true for 65 locations, expected at most 64");
        assertThat(PLAIN.of(predicted(65))).hasSize(65);
    }

    @Test
    void tooManyMapsAreRefusedBeforeTheModelRuns() {
        assertThatThrownBy(() -> MAPS.check(65)).isInstanceOf(Problem.class);
        MAPS.check(64);
        PLAIN.check(65);
    }
}
