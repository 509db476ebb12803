package io.heimdall.app.service;

import io.heimdall.pipeline.settings.Choice;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.FieldType;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Flag;
import io.heimdall.pipeline.settings.Moment;
import io.heimdall.pipeline.settings.Names;
import io.heimdall.pipeline.settings.NumberRange;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The fields of the page's form, a label with an input for each setting.
 *
 * @param table of the settings
 * @param defaults that the inputs have until the page knows those of the service
 */
record SettingsForm<S>(Fields<S> table, S defaults) {
    /** A range as wide as 64 bits is none. */
    private static final int MANY_DIGITS = 18;

    /** Returns the values of the page's template. */
    Map<String, Object> values() {
        return Map.of(
                "first", fields(field -> field.caption().first()),
                "more", fields(field -> !field.caption().first()));
    }

    private List<Map<String, Object>> fields(Predicate<Field<S, ?>> shown) {
        return table.all().stream().filter(shown).map(this::values).toList();
    }

    private Map<String, Object> values(Field<S, ?> field) {
        String unit = field.caption().unit();
        boolean flag = field.type() instanceof Flag;
        Optional<List<Option>> options = options(field);
        return Map.of(
                "name", field.name(),
                "title", field.description(),
                "label", field.caption().label() + (unit.isEmpty() ? "" : ", " + unit),
                "select", options.isPresent(),
                "flag", flag,
                "options", options.orElseGet(List::of),
                "input", options.isEmpty(),
                "attributes", options.isPresent() ? List.of() : attributes(field));
    }

    /** What a select offers: its text, and what is sent, which is the text unless it is coded. */
    record Option(String text, boolean coded, String value) {
        private Option(String text) {
            this(text, false, "");
        }

        private Option(String text, String value) {
            this(text, true, value);
        }
    }

    /** An attribute of an input, with its value if it has one. */
    record Attribute(String key, boolean valued, String value) {
        private Attribute(String key) {
            this(key, false, "");
        }

        private Attribute(String key, String value) {
            this(key, true, value);
        }
    }

    /** Returns what the select of a field offers; empty where the field has an input. */
    private Optional<List<Option>> options(Field<S, ?> field) {
        FieldType<?> type = field.type();
        if (type instanceof Flag) {
            return Optional.of(List.of(new Option("yes", "true"), new Option("no", "false")));
        }
        List<Option> options = new ArrayList<>();
        if (field.read(defaults).isEmpty()) {
            options.add(new Option("automatic", ""));
        }
        if (type instanceof Choice<?>) {
            ((List<?>) type.schema().get("enum")).forEach(word -> options.add(new Option(word.toString())));
            return Optional.of(options);
        }
        if (type instanceof Word<?> word && !word.known().get().isEmpty()) {
            word.known().get().forEach(known -> options.add(new Option(known)));
            return Optional.of(options);
        }
        return Optional.empty();
    }

    private List<Attribute> attributes(Field<S, ?> field) {
        List<Attribute> attributes = new ArrayList<>(attributes(field.type()));
        if (!(field.type() instanceof Names || field.type() instanceof Moment)) { // they have a placeholder
            attributes.add(usual(field));
        }
        return attributes;
    }

    private static List<Attribute> attributes(FieldType<?> type) {
        if (type instanceof Whole whole) {
            return number("1", "numeric", whole.range());
        }
        if (type instanceof Decimal decimal) {
            return decimal.range().mayBeInfinite()
                    ? List.of(
                            new Attribute("data-number"),
                            new Attribute("inputmode", "decimal"),
                            new Attribute("pattern", "Infinity|[0-9.]+([eE]-?[0-9]+)?"))
                    : number("any", "decimal", decimal.range());
        }
        if (type instanceof Names) {
            return List.of(new Attribute("data-list"), new Attribute("placeholder", "all, or with commas"));
        }
        return type instanceof Moment
                ? List.of(new Attribute("placeholder", "2026-01-31"))
                : List.of(); // what a word may be, the service says
    }

    private static List<Attribute> number(String step, String mode, NumberRange range) {
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute("type", "number"), new Attribute("step", step), new Attribute("inputmode", mode)));
        if (range.most().precision() < MANY_DIGITS) {
            attributes.add(new Attribute("min", range.least().toString()));
            attributes.add(new Attribute("max", range.most().toString()));
        }
        return attributes;
    }

    private Attribute usual(Field<S, ?> field) {
        boolean isSet =
                field.caption().usual().isEmpty() && field.read(defaults).isPresent();
        return new Attribute(
                isSet ? "value" : "placeholder", field.usual(defaults).orElse("none"));
    }
}
