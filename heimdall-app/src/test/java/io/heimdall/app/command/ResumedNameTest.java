package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Names that only the end of a training uses, at its beginning and beside {@code --resume}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResumedNameTest {
    @TempDir
    static Path folder;

    private static Path workspace;

    @BeforeAll
    static void simulate() {
        workspace = folder.resolve("w");
        Run.heimdall("simulate", "--workspace", workspace, "--sessions", 30);
    }

    private static Run train(Object... more) {
        return Run.heimdall(Stream.concat(
                        Stream.of("train", "--workspace", workspace, "--network", "small", "--json"), Stream.of(more))
                .toArray());
    }

    @Test
    @Order(1)
    void aNameThatCannotBeRegisteredIsRefusedBeforeTheFirstEpoch() {
        for (String name : new String[] {"two words", "north/west", "../x", "x".repeat(201)}) {
            Run run = train("--epochs", 1, "--model-name", name);
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err())
                    .contains("model '" + name + "' is not a name of letters, digits, and _ - . and at most 200");
        }
        assertThat(train("--experiment", "  ").err()).contains("experiment '  ' is not a name");
        assertThat(workspace.resolve("trainings")).doesNotExist();
        assertThat(Run.heimdall("runs", "--workspace", workspace).out()).contains("no runs yet");
    }

    @Test
    @Order(2)
    void resumeTakesAnotherNameAndSaysWhatElseDiffers() throws IOException {
        assertThat(train("--epochs", 1).exit()).isZero();

        Run other = train("--resume", "--experiment", "autumn", "--model-name", "west", "--batch-size", 5);
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err())
                .contains(
                        "batch_size was 32 and is 5, experiment was heimdall-training and is autumn; leave these options out")
                .contains("only --model-name may differ");

        Run renamed = train("--resume", "--model-name", "heimdall-west");
        assertThat(renamed.exit()).as(renamed.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(renamed.lastLine())
                        .get("model_name")
                        .asText())
                .isEqualTo("heimdall-west");
        assertThat(train("--resume", "--model-name", "two words").exit()).isEqualTo(2);
        Run again = train("--resume");
        assertThat(new ObjectMapper()
                        .readTree(again.lastLine())
                        .get("model_name")
                        .asText())
                .as("it is kept")
                .isEqualTo("heimdall-west");
    }

    /** As an earlier release has left it, which found out only after the last epoch. */
    @Test
    @Order(3)
    void aTrainingThatWasBegunWithANameThatIsNoneGoesOnWithAnother() throws IOException {
        Path state;
        try (Stream<Path> trainings = Files.list(workspace.resolve("trainings"))) {
            state = trainings.findFirst().orElseThrow().resolve("training.json");
        }
        ObjectNode node = (ObjectNode) new ObjectMapper().readTree(Files.readAllBytes(state));
        ((ObjectNode) node.get("settings")).put("model_name", "north west");
        Files.writeString(state, node.toString());

        Run stuck = train("--resume");
        assertThat(stuck.exit()).isEqualTo(2);
        assertThat(stuck.err()).contains("model 'north west' is not a name", "give another name with --model-name");
        Run renamed = train("--resume", "--model-name", "north-west");
        assertThat(renamed.exit()).as(renamed.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(renamed.lastLine())
                        .get("model_name")
                        .asText())
                .isEqualTo("north-west");
    }
}
