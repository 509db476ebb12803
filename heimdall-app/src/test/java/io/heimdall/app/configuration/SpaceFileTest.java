package io.heimdall.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.sweep.Choice;
import io.heimdall.pipeline.sweep.Dimension;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceFileTest {
    @TempDir
    Path folder;

    private SweepPlan read(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("space.yaml"), List.of(lines));
        return SpaceFile.read(file, TrainingSettings.seeded(1));
    }

    @Test
    void readsAllThatASweepIsTold() throws IOException {
        SweepPlan plan = read(
                "metric: validation_nll",
                "choice: random",
                "seed: 7",
                "rungs: [2, 6]",
                "factor: 4",
                "base: {network: small, epochs: 18, no-augmentation: true}",
                "final: {folds: 3}",
                "space:",
                "  learning-rate: {min: 1e-4, max: 1e-2, log: true}",
                "  batch_size: [8, 16]",
                "  patience: {min: 5, max: 20, step: 5}",
                "  loss: [likelihood, huber]");

        assertThat(plan.choice()).isEqualTo(Choice.RANDOM);
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.asha().rungs()).containsExactly(2, 6, 18);
        assertThat(plan.asha().factor()).isEqualTo(4);
        assertThat(plan.folds()).isEqualTo(3);
        assertThat(plan.base().network()).isEqualTo("small");
        assertThat(plan.space().dimensions())
                .containsEntry("learning_rate", new Dimension.Interval(1e-4, 1e-2, true, 0, false))
                .containsEntry("batch_size", new Dimension.Values(List.of(8, 16)))
                .containsEntry("patience", new Dimension.Interval(5, 20, false, 5, true))
                .containsEntry("loss", new Dimension.Values(List.of("likelihood", "huber")));
        assertThat(plan.proposals(9)).hasSize(9);
        assertThat(plan.settings(plan.proposals(1).get(0).values()).plan().epochs())
                .isEqualTo(18);
        assertThat(plan.finalSettings(plan.proposals(1).get(0).values()).data().folds())
                .hasValue(3);
    }

    @Test
    void aSwitchIsCalledByItsNameOrByItsOption() throws IOException {
        assertThat(read("space: {augmentation: [true, false]}").space().dimensions())
                .containsEntry("augmentation", new Dimension.Values(List.of(true, false)));
        assertThat(read("space: {no-augmentation: [true, false]}").space().dimensions())
                .containsEntry("augmentation", new Dimension.Values(List.of(false, true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learning-rat: [1e-3]|line 2: unknown setting 'learning-rat'; did you mean 'learning-rate'?",
                "epochs: [5, 9]|line 2: 'epochs' is the same for all trials",
                "split-by: [day]|line 2: 'split-by' is the same for all trials",
                "from: [2026-01-01]|line 2: 'from' is the same for all trials",
                "learning-rate: [fast]|line 2: 'fast' is not a number",
                "learning-rate: [99]|line 2: '99' cannot be used; expected a number in",
                "learning-rate: {min: 1e-2, max: 1e-4}|line 2: min 0.01 is not below max 0.0001",
                "learning-rate: {min: 1e-4}|line 2: 'learning-rate' has no min or no max",
                "learning-rate: {min: 1e-4, max: 1, steps: 3}|line 2: unknown key 'steps'; did you mean 'step'?",
                "learning-rate: {min: 1e-4, max: 1, log: yes}|line 2: log is 'yes', expected true or false",
                "loss: {min: 1, max: 2}|line 2: 'loss' is no number: expected a list",
                "loss: [hubber]|hubber",
                "learning-rate: 3|line 2: 'learning-rate' holds no keys",
            })
    void namesFileAndLineOfWhatItCannotUse(String line, String message) {
        assertThatThrownBy(() -> read("space:", "  " + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("space.yaml, ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnythingElseThatMakesNoSense() {
        String space = "space: {weight-decay: [0, 0.1]}";
        assertThatThrownBy(() -> read("seeds: 3", space)).hasMessageContaining("did you mean 'seed'?");
        assertThatThrownBy(() -> read("metric: p50", space)).hasMessageContaining("expected validation_nll");
        assertThatThrownBy(() -> read("choice: grid", space)).hasMessageContaining("expected sobol or random");
        assertThatThrownBy(() -> read("rungs: [9, 3]", space)).hasMessageContaining("line 1: the rungs are [9, 3, ");
        assertThatThrownBy(() -> read("rungs: 3", space)).hasMessageContaining("expected a list of epochs");
        assertThatThrownBy(() -> read("base: {folds: 3}", space)).hasMessageContaining("a trial trains one network");
        assertThatThrownBy(() -> read("base: {epochs: 0}", space)).hasMessageContaining("line 1: '0' cannot be used");
        assertThatThrownBy(() -> read("final: {fold: 3}", space)).hasMessageContaining("did you mean 'folds'?");
        assertThatThrownBy(() -> read("seed: 1")).hasMessageContaining("there is no 'space'");
        assertThatThrownBy(() -> read("space: [")).hasMessageContaining("not YAML");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
    }

    @Test
    void settingsThatExcludeEachOtherAreFoundBeforeTheFirstTrial() throws IOException {
        SweepPlan plan = read("base: {layout: stations}", "space: {network: [set, small, set-cnn], pretrain: [100]}");
        assertThatThrownBy(() -> plan.proposals(3))
                .hasMessageContaining("trial ")
                .hasMessageContaining("cannot be pretrained");
    }
}
