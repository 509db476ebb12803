package io.heimdall.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --config} as a user has it: what is typed goes before the environment, and that before the file. */
class ConfigTest {
    @TempDir
    private Path folder;

    @Test
    void aFileGivesTheWorkspaceThatIsNotTyped() throws IOException {
        Path file = yaml("workspace: " + folder.resolve("ws"));
        Run simulated = Run.heimdall("simulate", "--config", file, "--sessions", 4);
        assertThat(simulated.err()).doesNotContain("Missing");
        assertThat(simulated.exit()).isZero();
        assertThat(folder.resolve("ws").resolve("catalog.sqlite")).exists();

        Run typed = Run.heimdall(
                Map.of("HEIMDALL_WORKSPACE", folder.resolve("other").toString()), "runs", "--config", file);
        assertThat(typed.exit()).isEqualTo(Heimdall.FAILED);
        assertThat(typed.err()).contains("there is no workspace in " + folder.resolve("other"));
    }

    @Test
    void aValueThatMakesNoSenseIsNamedWithFileAndLine() throws IOException {
        Workspace.openOrCreate(folder).close();
        Path file = yaml("training:", "  seed: 7", "  epochs: 0");
        Run train = Run.heimdall("train", "--config=" + file, "--workspace", folder);
        assertThat(train.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(train.err())
                .startsWith("heimdall train: epochs 0 is not a whole number in 1..1000000 (training.epochs in " + file
                        + ", line 3)");
        Run word = Run.heimdall(Map.of("HEIMDALL_TRAINING_EPOCHS", "many"), "train", "--workspace", folder);
        assertThat(word.err())
                .contains("'many' is not a whole number such as 12 (the variable HEIMDALL_TRAINING_EPOCHS)");
    }

    @Test
    void aWordThatIsNotKnownIsNamedWithFileAndLine() throws IOException {
        Workspace.openOrCreate(folder).close();
        Path file = yaml("training:", "  network: resnet99");
        Run train = Run.heimdall("train", "--config=" + file, "--workspace", folder);
        assertThat(train.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(train.err()).contains("'resnet99'", " (training.network in " + file + ", line 2)");
    }

    @Test
    void aValueThatIsTypedIsNotSaidToBeOfTheFile() throws IOException {
        Workspace.openOrCreate(folder).close();
        Path file = yaml("training:", "  epochs: 3", "  network: small");
        for (String option : new String[] {"--epochs=0", "--network=resnet99"}) {
            Run train = Run.heimdall("train", "--config=" + file, "--workspace", folder, option);
            assertThat(train.exit()).isEqualTo(Heimdall.WRONG_USAGE);
            assertThat(train.err()).doesNotContain(file.toString());
        }
    }

    @Test
    void aServersSettingIsNamedWithFileAndLine() throws IOException {
        Path file = yaml("mlflow:", "  uri: http://127.0.0.1:5000", "  timeout: soon");
        Run doctor = Run.heimdall("doctor", "--config", file);
        assertThat(doctor.out() + doctor.err())
                .contains("MLFLOW_HTTP_REQUEST_TIMEOUT 'soon' is not a whole number in 0..3600 (mlflow.timeout in "
                        + file + ", line 3)");
    }

    @Test
    void aFileThatCannotBeReadIsWrongUsage() {
        Run missing = Run.heimdall("train", "--config", folder.resolve("none.yaml"));
        assertThat(missing.exit()).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(missing.err())
                .isEqualTo("heimdall: " + folder.resolve("none.yaml") + ": no such file or directory\n");
    }

    private Path yaml(String... lines) throws IOException {
        return Files.writeString(folder.resolve("heimdall.yaml"), String.join("\n", lines) + "\n");
    }
}
