package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.RateSearch.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateSearchTest {
    @TempDir
    Path folder;

    /** A loss as a function of the decade of the rate, from 1e-7 to 1. */
    private static RateSearch search(DoubleUnaryOperator loss) {
        List<Point> points = IntStream.range(0, 141)
                .mapToObj(i -> {
                    double decade = -7 + i / 20.0;
                    double value = loss.applyAsDouble(decade);
                    return new Point(Math.pow(10, decade), value, value);
                })
                .toList();
        return new RateSearch(TrainingSettings.seeded(1), points);
    }

    @Test
    void suggestsTheRateAtWhichTheLossFallsFastest() {
        RateSearch falling = search(decade -> 3 - 2 / (1 + Math.exp(-4 * (decade + 3))) + Math.exp(6 * (decade + 0.9)));

        assertThat(falling.suggested().getAsDouble()).isBetween(0.8e-3, 1.25e-3);
        assertThat(falling.lowest().getAsDouble()).isBetween(3e-3, 1e-1);
        assertThat(falling.summary()).containsKeys("suggested_learning_rate", "lowest_loss_at", "steps");
    }

    @Test
    void suggestsNothingWhereTheLossDoesNotFall() {
        assertThat(search(decade -> 3).suggested()).isEmpty();
        assertThat(search(decade -> 3 + Math.exp(decade)).lowest()).isEmpty();
        assertThat(new RateSearch(TrainingSettings.seeded(1), List.of(new Point(1e-7, 1, 1))).suggested())
                .isEmpty();
    }

    @Tag("slow")
    @Test
    void findsARateAndDrawsItAndKeepsNothing() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 40)) {
            Services services = Services.of(workspace);
            Trials trials = new Trials(new TrainingPipeline(services, PipelineListener.NONE));
            TrainingSettings set = SimulatedWorkspace.settings(1).withNetwork("set");
            Path picture = folder.resolve("rate.png");

            RateSearch found = trials.learningRate(set);
            found.draw(picture);

            assertThat(found.suggested().getAsDouble()).isBetween(1e-5, 0.3);
            assertThat(trials.learningRate(set)).isEqualTo(found);
            assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
            assertThat(services.tracker().runs()).isEmpty();
            assertThatThrownBy(() -> trials.learningRate(set.withInitial(Optional.of("newest"))))
                    .hasMessageContaining("leave out 'initial'");
        }
    }
}
