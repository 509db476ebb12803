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
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The fields of the page's form, a label with an input for each setting.
 *
 * @param table of the settings
 * @param defaults that the inputs have until the page knows those of the service
 */
record SettingsForm<S>(Fields<S> table, S defaults) {
    /** A range as wide as 64 bits is none. */
    private static final int MANY_DIGITS = 18;

    /** Returns the page with its fields. */
    String filled(String page) {
        return page.replace("<!--first-->", fields(field -> field.caption().first()))
                .replace("<!--more-->", fields(field -> !field.caption().first()));
    }

    private String fields(Predicate<Field<S, ?>> shown) {
        return table.all().stream().filter(shown).map(this::label).collect(Collectors.joining("\n      "));
    }

    private String label(Field<S, ?> field) {
        String unit = field.caption().unit();
        return "<label title=\"" + escaped(field.description()) + "\">"
                + escaped(field.caption().label() + (unit.isEmpty() ? "" : ", " + unit)) + " " + input(field)
                + "</label>";
    }

    private String input(Field<S, ?> field) {
        FieldType<?> type = field.type();
        if (type instanceof Flag) {
            return "<select name=\"" + field.name()
                    + "\" data-flag><option value=\"true\">yes<option value=\"false\">no</select>";
        }
        if (type instanceof Choice<?>
                || type instanceof Word<?> word && !word.known().get().isEmpty()) {
            return select(field, words(type));
        }
        return "<input name=\"" + field.name() + "\"" + attributes(type) + value(field) + ">";
    }

    private static List<String> words(FieldType<?> type) {
        return type instanceof Word<?> word
                ? word.known().get()
                : ((List<?>) type.schema().get("enum"))
                        .stream().map(Object::toString).toList();
    }

    private String select(Field<S, ?> field, List<String> words) {
        String unset = field.read(defaults).isPresent() ? "" : "<option value=\"\">automatic";
        return words.stream()
                .map(word -> "<option>" + escaped(word))
                .collect(Collectors.joining("", "<select name=\"" + field.name() + "\">" + unset, "</select>"));
    }

    private static String attributes(FieldType<?> type) {
        if (type instanceof Whole whole) {
            return " type=\"number\" step=\"1\" inputmode=\"numeric\"" + range(whole.range());
        }
        if (type instanceof Decimal decimal) {
            return decimal.range().mayBeInfinite()
                    ? " data-number inputmode=\"decimal\" pattern=\"Infinity|[0-9.]+([eE]-?[0-9]+)?\""
                    : " type=\"number\" step=\"any\" inputmode=\"decimal\"" + range(decimal.range());
        }
        if (type instanceof Names) {
            return " data-list placeholder=\"all, or with commas\"";
        }
        return type instanceof Moment ? " placeholder=\"2026-01-31\"" : ""; // what a word may be, the service says
    }

    private static String range(NumberRange range) {
        return range.most().precision() < MANY_DIGITS
                ? " min=\"" + range.least() + "\" max=\"" + range.most() + "\""
                : "";
    }

    private String value(Field<S, ?> field) {
        if (field.type() instanceof Names || field.type() instanceof Moment) { // they have a placeholder
            return "";
        }
        boolean isSet =
                field.caption().usual().isEmpty() && field.read(defaults).isPresent();
        String text = field.usual(defaults).orElse("none");
        return " " + (isSet ? "value" : "placeholder") + "=\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
