package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modes of {@code train} that try and keep nothing. */
class TrialModesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path workspace;

    @BeforeAll
    static void simulate() {
        workspace = folder.resolve("workspace");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 40)
                        .exit())
                .isZero();
    }

    @Test
    void aLearningRateIsLookedForAndDrawn() throws IOException {
        Path picture = folder.resolve("rate.png");
        Run found = Run.heimdall(
                "train", "--workspace", workspace, "--batch-size", 8, "--find-learning-rate", picture, "--json");

        assertThat(found.exit()).isZero();
        assertThat(JSON.readTree(found.lastLine())
                        .get("suggested_learning_rate")
                        .asDouble())
                .isBetween(1e-6, 1.0);
        assertThat(found.err()).contains("Suggested: --learning-rate");
        assertThat(picture).isRegularFile();
        Run two = Run.heimdall(
                "train", "--workspace", workspace, "--find-learning-rate", picture, "--overfit", 8, "--profile");
        assertThat(two.exit()).isEqualTo(2);
        assertThat(two.err()).contains("--find-learning-rate and --overfit and --profile do not go together");
    }

    @Test
    void overfittingSaysWhatIsWrongAndGoesWithNoOtherMode() throws IOException {
        Run still =
                Run.heimdall("train", "--workspace", workspace, "--learning-rate", "1e-9", "--overfit", 2, "--json");

        assertThat(still.exit()).isEqualTo(1);
        assertThat(JSON.readTree(
                        Run.heimdall("runs", "--workspace", workspace, "--json").lastLine()))
                .isEmpty();
        assertThat(JSON.readTree(still.lastLine()).get("learned").asBoolean()).isFalse();
        assertThat(still.err()).contains("Did not learn 2 sessions", "--learning-rate");
        assertThat(Run.heimdall("train", "--workspace", workspace, "--overfit", 2, "--resume")
                        .exit())
                .isEqualTo(2);
        assertThat(Run.heimdall("train", "--workspace", workspace, "--overfit", 1)
                        .err())
                .contains("--overfit 1 is not in 2..1000");
    }
}
