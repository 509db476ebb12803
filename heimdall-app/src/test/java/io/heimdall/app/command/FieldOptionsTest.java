package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.AddedField;
import io.heimdall.app.Run;
import io.heimdall.app.configuration.Configuration;
import io.heimdall.app.configuration.NumberOptions;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.training.RandomSettings;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Settings in the forms that people write: typed, in the file, in the environment. */
class FieldOptionsTest {
    @TempDir
    Path folder;

    /** Returns what is to be written for the settings, by option; a flag that is not refused is not written. */
    private static Map<String, String> texts(TrainingSettings settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        TrainingFields.table()
                .all()
                .forEach(field -> text(field, settings)
                        .filter(text -> !(field.type() instanceof Flag) || text.equals("true"))
                        .ifPresent(text -> texts.put(field.option(), text)));
        return texts;
    }

    private static <T> Optional<String> text(Field<TrainingSettings, T> field, TrainingSettings settings) {
        return field.read(settings).map(field.type()::text);
    }

    private static TrainingSettings typed(TrainOptions options, List<String> arguments) {
        CommandSpec command = options.transform(CommandSpec.create().name("train"));
        NumberOptions.strict(new CommandLine(command)).parseArgs(arguments.toArray(String[]::new));
        NumberOptions.check(command);
        return options.over(TrainOptions.defaults(), command);
    }

    @Test
    void anySettingsComeBackFromTheCommandLine() {
        RandomSettings random = new RandomSettings(TrainingFields.table(), 5);
        for (int i = 0; i < 200; i++) {
            TrainingSettings settings = random.next();
            List<String> arguments = new ArrayList<>();
            texts(settings)
                    .forEach((option, text) ->
                            arguments.add(option.startsWith("no-") ? "--" + option : "--" + option + "=" + text));

            assertThat(typed(new TrainOptions(), arguments)).isEqualTo(settings);
        }
    }

    @Test
    void anySettingsComeBackFromFileAndEnvironment() throws IOException {
        RandomSettings random = new RandomSettings(TrainingFields.table(), 6);
        for (int i = 0; i < 100; i++) {
            TrainingSettings settings = random.next();
            StringBuilder yaml = new StringBuilder("training:\n");
            Map<String, String> environment = new LinkedHashMap<>();
            texts(settings).forEach((option, text) -> {
                yaml.append("  ").append(option).append(": '").append(text).append("'\n");
                environment.put("HEIMDALL_TRAINING_" + option.replace('-', '_').toUpperCase(Locale.ROOT), text);
            });
            Path file = Files.writeString(folder.resolve("heimdall.yaml"), yaml);

            assertThat(new TrainOptions().set(Configuration.read(Optional.of(file), Map.of())))
                    .isEqualTo(settings);
            assertThat(new TrainOptions().set(Configuration.read(Optional.empty(), environment)))
                    .isEqualTo(settings);
        }
    }

    @Test
    void anEntryIsAnOption() {
        TrainOptions options = new TrainOptions(AddedField.TABLE);

        assertThat(AddedField.ENTRY.read(typed(options, List.of("--last-rate=0.25"))))
                .contains(0.25);
        assertThat(options.transform(CommandSpec.create())
                        .findOption("--last-rate")
                        .description())
                .containsExactly("The last learning rate as a part of the largest one (default: 0.001).");
    }

    @Test
    void theHelpHasEveryOption() {
        String help = Run.heimdall("train", "--help").out().replaceAll("\\s+", " ");

        TrainingFields.table().all().forEach(field -> assertThat(help).contains("--" + field.option()));
        assertThat(help)
                .contains("Largest number of epochs (default: 40).")
                .contains("The loss that training minimises: likelihood, gaussian-nll, beta-nll, huber or density-nll")
                .contains("Sessions to learn from (default: every approved session):")
                .contains("--sessions-file=FILE");
        assertThat(Run.heimdall("evaluate", "--help").out())
                .contains("Sessions to evaluate on (default: those that the training chose from):")
                .contains("--min-snr=DB")
                .doesNotContain("--epochs");
    }
}
