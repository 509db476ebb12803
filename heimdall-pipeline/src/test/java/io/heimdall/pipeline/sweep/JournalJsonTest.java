package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalJsonTest {
    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasWritten() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("learning_rate", 1.5e-4);
        values.put("loss", "huber");
        values.put("augmentation", false);
        values.put("batch_size", 16);
        Trial trial = Trial.proposed(1, values)
                .towards(0)
                .withRun("abc")
                .reached(new Trial.Result(3, -0.25, Duration.ofMillis(1250), true))
                .towards(1);
        Trial failed = Trial.proposed(2, values).failed("diverged").drop();
        SweepState state = new SweepState(
                JournalJson.text(Map.of("seed", 1, "rate", 1e-9)),
                "parent",
                List.of(trial, failed),
                Optional.of(new SweepState.Last(1, "run", 7)));

        Path file = folder.resolve("journal.json");
        JournalJson.write(file, state);

        assertThat(JournalJson.read(file).trials()).isEqualTo(state.trials());
        assertThat(JournalJson.read(file).last()).isEqualTo(state.last());
        assertThat(JournalJson.read(file).definition()).contains("\"seed\":1", "\"rate\":1.0E-9");
    }

    @Test
    void aDamagedOneIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("journal.json"), "{\"format\": 1");
        assertThatThrownBy(() -> JournalJson.read(file)).hasMessageContaining(file + " is no journal of a sweep");
        Files.writeString(file, "{\"format\": 9}");
        assertThatThrownBy(() -> JournalJson.read(file)).hasMessageContaining("it has format 9");
    }

    @Test
    void aNameIsNoPath() {
        WorkingDirectory working = new WorkingDirectory(folder);
        assertThat(SweepFolder.of(working, "rates-2").begun()).isFalse();
        assertThatThrownBy(() -> SweepFolder.of(working, "../x")).hasMessageContaining("cannot be called '../x'");
    }
}
