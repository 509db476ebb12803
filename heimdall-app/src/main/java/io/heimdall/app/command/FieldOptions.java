package io.heimdall.app.command;

import io.heimdall.model.ModelException;
import io.heimdall.pipeline.settings.Choice;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Given;
import io.heimdall.pipeline.settings.Names;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IScope;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The options of a table of settings.
 *
 * @param table of the settings
 * @param defaults gives settings for which nothing is typed
 */
record FieldOptions<S>(Fields<S> table, Supplier<S> defaults) {

    /** Adds the options to a command. */
    void addTo(CommandSpec command) {
        options().forEach(command::addOption);
    }

    /** Adds the options to a command, under a heading of their own. */
    void addTo(CommandSpec command, String heading) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().exclusive(false).validate(false).heading("%n" + heading + ":%n");
        options().forEach(group::addArg);
        command.addArgGroup(group.build());
    }

    private List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        table.all().forEach(field -> {
            options.add(option(field));
            if (field.type() instanceof Names names) {
                names.file().ifPresent(file -> options.add(option(file)));
            }
        });
        return options;
    }

    private OptionSpec option(Field<S, ?> field) {
        OptionSpec.Builder option = OptionSpec.builder("--" + field.option()).scope(new Owner());
        if (field.type() instanceof Flag flag) {
            return option.type(boolean.class).description(flag.refusal() + ".").build();
        }
        option.arity("1").paramLabel(field.caption().value()).description(escaped(help(field)));
        if (field.type() instanceof Names) {
            option.type(List.class)
                    .auxiliaryTypes(String.class)
                    .splitRegex("\\s*,\\s*")
                    .splitRegexSynopsisLabel(",");
        } else if (field.type() instanceof Whole || field.type() instanceof Decimal) {
            option.type(Number.class).converters(text -> parsed(field, text));
        } else if (field.type() instanceof Word<?> word) { // what it refuses, it names by itself
            option.type(String.class)
                    .completionCandidates(() -> word.known().get().iterator());
        } else {
            option.type(String.class).converters(text -> {
                parsed(field, text);
                return text;
            });
        }
        if (field.type() instanceof Choice<?> choice) {
            option.completionCandidates(choice.words());
        }
        return option.build();
    }

    private static OptionSpec option(Names.FileOption file) {
        return OptionSpec.builder("--" + file.name())
                .scope(new Owner())
                .arity("1")
                .type(NameFile.class)
                .converters(NameFile::read)
                .paramLabel("FILE")
                .description(escaped(file.description() + "."))
                .build();
    }

    private static <T> T parsed(Field<?, T> field, String text) {
        try {
            return field.type().parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private String help(Field<S, ?> field) {
        try {
            String usual = field.usual(defaults.get())
                    .map(value -> " (default: " + value + ")")
                    .orElse("");
            return field.description() + usual + ".";
        } catch (
                ModelException
                        e) { // a network of the class path cannot be loaded: a command that needs none still runs
            return field.caption().description() + ".";
        }
    }

    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    /**
     * Returns settings with what was typed, or is configured, in place of theirs.
     *
     * @throws IllegalArgumentException naming a value that makes no sense
     */
    S over(S base, CommandSpec command) {
        List<Given<S, ?>> given = new ArrayList<>();
        table.all().forEach(field -> given(field, command).ifPresent(given::add));
        return table.with(base, given);
    }

    private static <S, T> Optional<Given<S, T>> given(Field<S, T> field, CommandSpec command) {
        Object typed = command.findOption("--" + field.option()).getValue();
        if (field.type() instanceof Names names) {
            TreeSet<String> all = new TreeSet<>();
            if (typed instanceof List<?> list) {
                list.forEach(name -> all.add(name.toString()));
            }
            names.file()
                    .map(file -> command.findOption("--" + file.name()).getValue())
                    .ifPresent(file -> all.addAll(((NameFile) file).names()));
            typed = all.isEmpty() ? null : List.copyOf(all);
        }
        if (typed == null || typed.equals(false)) {
            return Optional.empty();
        }
        return Optional.of(
                typed instanceof String || typed.equals(true)
                        ? Given.parsed(field, typed.toString())
                        : new Given<>(field, field.type().ofJson(typed)));
    }

    /** Stands for the object that an option of a group belongs to: without one, picocli gives the option no configured value. */
    private static final class Owner implements IScope {
        @Override
        @SuppressWarnings("unchecked") // nobody looks at it
        public <T> T get() {
            return (T) this;
        }

        @Override
        public <T> T set(T value) {
            throw new UnsupportedOperationException("the options belong to nothing else");
        }
    }
}
