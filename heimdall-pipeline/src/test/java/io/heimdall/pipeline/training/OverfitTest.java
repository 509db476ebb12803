package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverfitTest {
    @TempDir
    Path folder;

    @Tag("slow")
    @Test
    void learnsAFewSessionsByHeartAndKeepsNothing() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 60)) {
            Services services = Services.of(workspace);

            Overfit learned = new Trials(new TrainingPipeline(services, PipelineListener.NONE))
                    .overfit(SimulatedWorkspace.settings(1).withNetwork("set"), 6);

            assertThat(learned.faults()).isEmpty();
            assertThat(learned.learned()).isTrue();
            assertThat(learned.share()).isLessThan(Overfit.NEAR_ZERO);
            assertThat(learned.lastLoss()).isLessThan(learned.firstLoss());
            assertThat(learned.summary()).containsEntry("overfit", 6).containsEntry("learned", true);
            assertThat(services.tracker().runs()).isEmpty();
            assertThat(services.trainings())
                    .satisfiesAnyOf(
                            path -> assertThat(path).doesNotExist(),
                            path -> assertThat(path).isEmptyDirectory());
        }
    }

    @Test
    void saysThatALearningRateOfNothingLearnsNothing() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 40)) {
            TrainingSettings settings = SimulatedWorkspace.settings(1).withNetwork("set");
            TrainingSettings still = settings.withPlan(settings.plan().withRates(1e-9, 0));

            Overfit learned =
                    new Trials(new TrainingPipeline(Services.of(workspace), PipelineListener.NONE)).overfit(still, 2);

            assertThat(learned.learned()).isFalse();
            assertThat(learned.faults()).anyMatch(fault -> fault.contains("--learning-rate"));
        }
    }

    @Test
    void refusesMoreSessionsThanThereAre() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 40)) {
            Trials trials = new Trials(new TrainingPipeline(Services.of(workspace), PipelineListener.NONE));
            TrainingSettings settings = SimulatedWorkspace.settings(1);

            assertThatThrownBy(() -> trials.overfit(settings, 500))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("500 sessions");
            assertThatThrownBy(() -> trials.overfit(settings, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Files.exists(folder.resolve("w").resolve("trainings"))).isFalse();
    }

    @Tag("slow")
    @Test
    void aNetworkWithBatchNormLearnsThemToo() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 60)) {
            Overfit learned = new Trials(new TrainingPipeline(Services.of(workspace), PipelineListener.NONE))
                    .overfit(SimulatedWorkspace.settings(1), 8);

            assertThat(learned.learned()).isTrue();
        }
    }

    @Test
    void namesTheLikelyFault() {
        List<Double> falling =
                IntStream.range(0, 1000).mapToObj(i -> 10.0 - i / 200.0).toList();
        List<Double> constant = Collections.nCopies(1000, 3.0);
        ByHeart vague = new ByHeart(2, 2.5, List.of("s1"));

        assertThat(new OverfitFaults(falling, Optional.of("s1 and s2")).of(vague))
                .anyMatch(fault -> fault.contains("s1 and s2"))
                .anyMatch(fault -> fault.contains("still falls"));
        assertThat(new OverfitFaults(constant, Optional.empty()).of(vague))
                .anyMatch(fault -> fault.contains("has not fallen"));
    }

    /** A mixture may have a narrow peak at each place whatever the session is. */
    @Test
    void peaksAtAllPlacesAreNotLearned() {
        ByHeart peaks = new ByHeart(-6, 2, List.of("s3"));
        List<Double> losses = Collections.nCopies(100, -6.0);

        assertThat(peaks.share()).isLessThan(Overfit.NEAR_ZERO);
        assertThat(peaks.learned()).isFalse();
        assertThat(new ByHeart(-6, 2, List.of()).learned()).isTrue();
        assertThat(new ByHeart(-1, 2, List.of()).learned()).isFalse();
        assertThat(new OverfitFaults(losses, Optional.empty()).of(peaks))
                .anyMatch(fault -> fault.contains("apart from others: s3"));
    }

    @Test
    void aRowIsConfusedIfAnotherPlaceIsAsLikely() {
        SeenAnswers seen = new SeenAnswers();
        double[] numbers = {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}; // each answer is the place of the first row
        float[] places = {0, 0, 0, 1, 0, 0};

        double loss = seen.evaluate(new IndependentNormalOutput(), numbers, places, new double[12]);

        assertThat(seen.confused()).containsExactly(1);
        assertThat(loss).isEqualTo(seen.sum() / 3);
    }

    @Test
    void aSigmaOfATenthOfTheSpreadIsATenth() {
        assertThat(new ByHeart(2 - 2 * Math.log(10), 2, List.of()).share()).isEqualTo(0.1, within(1e-12));
    }
}
