package io.heimdall.app.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.WholeNumbers;
import io.heimdall.app.configuration.SettingRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The fields of a JSON object, each checked for its type; the messages name the field, what was found and what was expected. */
final class SettingsFields {
    private static final int LONGEST_SHOWN = 60;
    private static final String INFINITY = "Infinity"; // JSON has no such number

    private final JsonNode object;

    SettingsFields(JsonNode object, List<String> known) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("the settings are " + shown(object) + ", expected an object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field '" + cut(name) + "'; the fields are " + String.join(", ", known));
            }
        });
        this.object = object;
    }

    /**
     * Checks every number that has a range, and that no text has control characters.
     *
     * @throws IllegalArgumentException naming a field whose value is no number, or out of its range
     */
    void checkRanges() {
        object.properties().forEach(field -> {
            checkText(field.getKey(), field.getValue());
            field.getValue().forEach(item -> checkText(field.getKey(), item));
            Optional<SettingRange> range = SettingRange.ofField(field.getKey());
            if (range.isPresent() && !field.getValue().isNull() && !admits(range.get(), field.getValue())) {
                throw wrong(field.getKey(), field.getValue(), range.get().expected());
            }
        });
    }

    private static void checkText(String name, JsonNode node) {
        if (node.isTextual() && node.textValue().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " has a control character");
        }
    }

    private static boolean admits(SettingRange range, JsonNode node) {
        return node.isNumber()
                ? range.admits(node.numberValue())
                : range.mayBeInfinite() && node.isTextual() && node.textValue().equals(INFINITY);
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    int count(String name, int usual) {
        return (int) whole(name, usual, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    OptionalInt optionalCount(String name) {
        return field(name).isPresent() ? OptionalInt.of(count(name, 0)) : OptionalInt.empty();
    }

    long whole(String name, long usual, long least, long most) {
        Optional<JsonNode> field = field(name);
        return field.map(node -> WholeNumbers.of(node)
                        .filter(number -> number >= least && number <= most)
                        .orElseThrow(() -> wrong(name, node, "a whole number")))
                .orElse(usual);
    }

    double number(String name, double usual) {
        return field(name)
                .map(node -> {
                    if (node.isTextual() && node.textValue().equals(INFINITY)) {
                        return Double.POSITIVE_INFINITY;
                    }
                    if (!node.isNumber()) {
                        throw wrong(name, node, "a number");
                    }
                    return node.doubleValue();
                })
                .orElse(usual);
    }

    boolean flag(String name, boolean usual) {
        return field(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrong(name, node, "true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(usual);
    }

    Optional<String> text(String name) {
        return field(name).map(node -> {
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw wrong(name, node, "a word");
            }
            return node.textValue();
        });
    }

    /** Returns a word, or a whole number as text. */
    Optional<String> wordOrCount(String name) {
        return field(name)
                .flatMap(WholeNumbers::of)
                .map(number -> Long.toString(number))
                .or(() -> text(name));
    }

    <E extends Enum<E>> Optional<E> constant(String name, E[] constants) {
        return text(name)
                .map(word -> Arrays.stream(constants)
                        .filter(constant -> SettingsJson.word(constant).equals(word))
                        .findFirst()
                        .orElseThrow(() -> wrong(
                                name,
                                object.get(name),
                                Arrays.stream(constants).map(SettingsJson::word).collect(Collectors.joining(", ")))));
    }

    private static IllegalArgumentException wrong(String name, JsonNode found, String expected) {
        return new IllegalArgumentException(name + " is " + shown(found) + ", expected " + expected);
    }

    private static String shown(JsonNode node) {
        return cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
