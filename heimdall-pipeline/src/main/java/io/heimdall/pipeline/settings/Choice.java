package io.heimdall.pipeline.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A type of setting with a few constants, each with its word: {@code single-receiver}.
 *
 * @param constants all of them
 */
public record Choice<E extends Enum<E>>(List<E> constants) implements FieldType<E> {

    /** Returns the choice among all constants of an enumeration. */
    public static <E extends Enum<E>> Choice<E> among(Class<E> type) {
        return new Choice<>(List.of(type.getEnumConstants()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<E> named(String word) {
        return constants.stream()
                .filter(constant -> word(constant).equals(word))
                .findFirst();
    }

    /** Returns the words of the constants, in their order. */
    public List<String> words() {
        return constants.stream().map(Choice::word).toList();
    }

    /** Reads a word, also in capital letters. */
    @Override
    public E parse(String text) {
        return named(text.toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElseThrow(() -> new IllegalArgumentException(
                        constants.size() == 2
                                ? "'" + text + "' is neither " + String.join(" nor ", words())
                                : "expected one of " + words() + " (case-insensitive) but was '" + text + "'"));
    }

    @Override
    public String text(E value) {
        return word(value);
    }

    @Override
    public Optional<E> ofJson(Object value) {
        return value instanceof String text ? named(text) : Optional.empty();
    }

    @Override
    public Object json(E value) {
        return word(value);
    }

    @Override
    public String expected() {
        return String.join(", ", words());
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "enum", words());
    }
}
