package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.configuration.Configuration;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainOptionsTest {
    @TempDir
    Path directory;

    private Configuration configuration(String yaml, Map<String, String> variables) throws IOException {
        Path file = Files.writeString(directory.resolve("heimdall.yaml"), yaml);
        return Configuration.read(Optional.of(file), variables);
    }

    @Test
    void settingsWithoutATypedOptionAreThoseThatAreSet() throws IOException {
        TrainingSettings settings = TrainOptions.configured(configuration(
                "training:\n  epochs: 7\n  split-by: day\n  network: small\n",
                Map.of("HEIMDALL_TRAINING_EPOCHS", "8", "HEIMDALL_TRAINING_SEED", "5")));

        assertThat(settings.plan().epochs()).isEqualTo(8);
        assertThat(settings.plan().seed()).isEqualTo(5);
        assertThat(settings.data().splitBy()).contains(GroupBy.DAY);
        assertThat(settings.network()).isEqualTo("small");
        assertThat(TrainOptions.configured(configuration("", Map.of()))).isEqualTo(TrainingSettings.seeded(1));
    }

    @Test
    void settingThatMakesNoSenseIsNamed() throws IOException {
        Configuration words = configuration("training:\n  epochs: many\n", Map.of());
        Configuration none = configuration("training:\n  batch-size: 0\n", Map.of());

        assertThatThrownBy(() -> TrainOptions.configured(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--epochs")
                .hasMessageContaining("many");
        assertThatThrownBy(() -> TrainOptions.configured(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch size 0");
    }
}
