package io.heimdall.app.command;

import io.heimdall.app.configuration.Configuration;
import io.heimdall.app.configuration.ConfiguredOptions;
import io.heimdall.app.configuration.NumberOptions;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a user may decide about a training, as options; what is not typed stays as it was. */
final class TrainOptions implements IModelTransformer {
    private final Fields<TrainingSettings> table;

    /** For picocli. */
    TrainOptions() {
        this(TrainingFields.table());
    }

    TrainOptions(Fields<TrainingSettings> table) {
        this.table = table;
    }

    /** Returns the settings of a training for which nothing is typed or configured. */
    static TrainingSettings defaults() {
        return TrainingSettings.seeded(1);
    }

    @Override
    public CommandSpec transform(CommandSpec command) {
        List<String> filter = FilterFields.table().names();
        Predicate<Field<?, ?>> ofData = field -> filter.contains(field.name());
        of(ofData.negate()).addTo(command);
        of(ofData).addTo(command, "What to learn from (default: every approved session)");
        return command;
    }

    private FieldOptions<TrainingSettings> of(Predicate<Field<?, ?>> part) {
        return new FieldOptions<>(new Fields<>(table.all().stream().filter(part).toList()), TrainOptions::defaults);
    }

    /**
     * Returns settings with what was typed in place of theirs.
     *
     * @throws IllegalArgumentException naming a value that makes no sense
     */
    TrainingSettings over(TrainingSettings base, CommandSpec command) {
        return new FieldOptions<>(table, TrainOptions::defaults).over(base, command);
    }

    /**
     * Returns the settings of a training for which nothing is typed.
     *
     * @throws IllegalArgumentException naming a value that is set and makes no sense
     */
    static TrainingSettings configured(Configuration configuration) {
        return SettingsCheck.of(new TrainOptions().set(configuration));
    }

    TrainingSettings set(Configuration configuration) {
        CommandSpec train = transform(CommandSpec.create().name("train"));
        try {
            NumberOptions.strict(new CommandLine(train))
                    .setDefaultValueProvider(new ConfiguredOptions(configuration))
                    .parseArgs();
            NumberOptions.check(train);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return over(defaults(), train);
    }
}
