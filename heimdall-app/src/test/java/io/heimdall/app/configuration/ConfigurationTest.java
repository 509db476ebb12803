package io.heimdall.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.AddedField;
import io.heimdall.pipeline.training.TrainingFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        Configuration configuration = read(
                Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:2"),
                "mlflow:",
                "  uri: http://127.0.0.1:1",
                "  retries: 3",
                "database:",
                "training:",
                "  learning-rate: 2e-3");
        assertThat(configuration.variables())
                .containsEntry("MLFLOW_TRACKING_URI", "http://127.0.0.1:2")
                .containsEntry("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "3")
                .doesNotContainKey("HEIMDALL_DATABASE_URL");
        assertThat(configuration.option("train", "--learning-rate")).contains("2e-3");
        assertThat(configuration.option("demo", "--learning-rate")).isEmpty();
    }

    @Test
    void anEnvironmentVariableMayNameTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("h.yaml"), "workspace: here\n");
        Configuration configuration =
                Configuration.read(Optional.empty(), Map.of(Configuration.FILE_VARIABLE, file.toString()));
        assertThat(configuration.option("simulate", "--workspace")).contains("here");
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        assertThat(read(Map.of(), "# nothing yet").variables()).isEmpty();
    }

    @Test
    void aSecretMayStandInAFileOfItsOwnAndIsNeverShown() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), "hush\n");
        Configuration configuration =
                read(Map.of("HEIMDALL_DATABASE_PASSWORD_FILE", secret.toString()), "mlflow:", "  token: whisper");
        assertThat(configuration.variables())
                .containsEntry("HEIMDALL_DATABASE_PASSWORD", "hush")
                .containsEntry("MLFLOW_TRACKING_TOKEN", "whisper");
        assertThat(configuration.toString()).contains("mlflow.token").doesNotContain("whisper", "hush");
        assertThat(configuration.explained("the login is not accepted", List.of("MLFLOW_TRACKING_TOKEN")))
                .endsWith("(mlflow.token in " + folder.resolve("heimdall.yaml") + ", line 2)")
                .doesNotContain("whisper");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 | training.epoch: 3 | unknown key 'training.epoch'; did you mean 'training.epochs'?",
                "2 | training:\\n  epoch: 3 | unknown key 'training.epoch'; did you mean 'training.epochs'?",
                "2 | # first\\nworkspce: x | unknown key 'workspce'; did you mean 'workspace'?",
                "1 | trainig:\\n  epochs: 3 | unknown key 'trainig'; did you mean 'training'?",
                "2 | mlflow:\\n  url: x | unknown key 'mlflow.url'; did you mean 'mlflow.uri'?",
                "1 | frobnicate: x | unknown key 'frobnicate'; docs/CONFIGURATION.md lists the keys",
                "2 | training:\\n  epochs: [1, 2] | 'training.epochs' holds more than a single value",
                "3 | mlflow:\\n  uri: a\\n  uri: b | 'mlflow.uri' is in line 2, too",
                "1 | training: 3 | 'training' holds no keys; expected lines of the form 'key: value'",
                "1 | [1, 2] | the file holds no keys; expected lines of the form 'key: value'",
                "2 | mlflow:\\n  uri: 'x | not YAML: found unexpected end of stream",
            })
    void whatCannotBeUnderstoodIsRefusedWithItsLine(int line, String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> Configuration.read(Optional.of(file), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ", line " + line + ": " + why);
    }

    @Test
    void aFileThatIsNoConfigurationIsRefused() throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> Configuration.read(Optional.of(binary), Map.of()))
                .hasMessage(binary + " is not text in UTF-8");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> Configuration.read(Optional.of(large), Map.of()))
                .hasMessageContaining("1048577 bytes");
    }

    @Test
    void unknownVariablesOfOursAreFound() throws IOException {
        Configuration configuration = read(
                Map.of(
                        "HEIMDALL_DATABSE_URL",
                        "x",
                        "HEIMDALL_JAVA_OPTS",
                        "x",
                        "HEIMDALL_DEV_MINIO",
                        "x",
                        "HEIMDALL_MAP_TILES",
                        "x",
                        "HEIMDALL_MAP_TILES_BY",
                        "x"),
                "");
        assertThat(configuration.unknownVariables())
                .containsExactly(Map.entry("HEIMDALL_DATABSE_URL", "HEIMDALL_DATABASE_URL"));
    }

    /** The documentation has every setting, and no other. */
    @Test
    void theDocumentationsTableIsTheSettings() throws IOException {
        String table = Setting.all().stream()
                .map(setting -> "| `" + setting.key() + "` | `" + setting.variable() + "` | "
                        + setting.option().map(option -> "`" + option + "`").orElse("") + " | " + setting.meaning()
                        + (setting.secret() ? " (secret)" : "") + " |")
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("../docs/CONFIGURATION.md"))).contains(table + "\n\n");
    }

    @Test
    void anEntryIsAKeyAVariableAndARowOfTheTable() {
        List<Setting> settings = Setting.of(AddedField.TABLE).toList();
        Setting added = settings.get(settings.size() - 1);

        assertThat(settings).hasSize(Setting.of(TrainingFields.table()).toList().size() + 1);
        assertThat(added.key()).isEqualTo("training.last-rate");
        assertThat(added.variable()).isEqualTo("HEIMDALL_TRAINING_LAST_RATE");
        assertThat(added.option()).contains("--last-rate");
        assertThat(added.meaning())
                .isEqualTo("The last learning rate as a part of the largest one; 0..0.5 (default: 0.001)");
    }

    private Configuration read(Map<String, String> environment, String... lines) throws IOException {
        Path file = Files.write(folder.resolve("heimdall.yaml"), List.of(lines));
        return Configuration.read(Optional.of(file), environment);
    }
}
