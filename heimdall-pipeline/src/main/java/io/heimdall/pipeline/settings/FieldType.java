package io.heimdall.pipeline.settings;

import java.util.Map;
import java.util.Optional;

/**
 * The type of a setting: its values, and how they are written, as text (typed, configured or recorded) and as JSON (a
 * {@code String}, a {@code Boolean}, a {@code Number} or a {@code List} of strings).
 *
 * @param <T> of a value
 */
public sealed interface FieldType<T> permits Whole, Decimal, Flag, Choice, Word, Moment, Names {

    /**
     * Reads a text; the range is not looked at.
     *
     * @throws IllegalArgumentException naming the text and what is expected
     */
    T parse(String text);

    /** Returns the text that {@link #parse} reads. */
    String text(T value);

    /** Returns a short text for records; of a long list its length and digest. */
    default String brief(T value) {
        return text(value);
    }

    /**
     * Reads a value of JSON; the range is not looked at.
     *
     * @return empty if it is of another type
     * @throws IllegalArgumentException naming a word that cannot be understood
     */
    Optional<T> ofJson(Object value);

    /** Returns the value of JSON that {@link #ofJson} reads. */
    Object json(T value);

    /** Returns the values that a user may give, for a message: {@code a whole number in 2..8192}. */
    String expected();

    /** Returns whether a user may give a value. */
    default boolean admits(T value) {
        return true;
    }

    /** Returns what the description need not say of the values, for the table of the documentation: the range of a number. */
    String hint();

    /** Returns the JSON schema of the values that a request may have. */
    Map<String, Object> schema();

    /** Returns the JSON schema of the values that an answer may have. */
    default Map<String, Object> answerSchema() {
        return schema();
    }
}
