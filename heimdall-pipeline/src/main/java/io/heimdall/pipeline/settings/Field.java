package io.heimdall.pipeline.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One setting, with all that any form of the settings needs.
 *
 * @param name in JSON, in records and in messages: {@code batch_size}
 * @param option on the command line, without its dashes, and key in the file: {@code batch-size}
 * @param type of its values
 * @param caption for people
 * @param reader gives the value; empty where it is not set
 * @param writer gives settings with another value, or without one
 * @param condition under which the setting has a meaning, where there is one; another value is passed over elsewhere
 * @param parameter gives the text for the record of a run; empty where nothing is recorded
 * @param <S> of the settings
 * @param <T> of the value
 */
public record Field<S, T>(
        String name,
        String option,
        FieldType<T> type,
        Caption caption,
        Function<S, Optional<T>> reader,
        BiFunction<S, Optional<T>, S> writer,
        Optional<Predicate<S>> condition,
        Function<S, Optional<String>> parameter) {
    private static final int LONGEST_SHOWN = 60;
    private static final JsonMapper JSON = new JsonMapper();

    /** Makes a setting that always has a value. */
    public static <S, T> Field<S, T> of(
            String name, FieldType<T> type, Function<S, T> reader, BiFunction<S, T, S> writer, Caption caption) {
        return optional(
                name,
                type,
                settings -> Optional.of(reader.apply(settings)),
                (settings, value) ->
                        value.map(given -> writer.apply(settings, given)).orElse(settings),
                caption);
    }

    /** Makes a setting that need not have a value. */
    public static <S, T> Field<S, T> optional(
            String name,
            FieldType<T> type,
            Function<S, Optional<T>> reader,
            BiFunction<S, Optional<T>, S> writer,
            Caption caption) {
        return new Field<>(
                name,
                name.replace('_', '-'),
                type,
                caption,
                reader,
                writer,
                Optional.empty(),
                settings -> reader.apply(settings).map(type::brief));
    }

    /** Returns this setting with another name on the command line and in the file. */
    public Field<S, T> typedAs(String newOption) {
        return new Field<>(name, newOption, type, caption, reader, writer, condition, parameter);
    }

    /** Returns this setting for those settings alone that meet a condition. */
    public Field<S, T> where(Predicate<S> newCondition) {
        return new Field<>(name, option, type, caption, reader, writer, Optional.of(newCondition), parameter);
    }

    /** Returns this setting with another text for the record of a run. */
    public Field<S, T> recordedAs(Function<S, Optional<String>> newParameter) {
        return new Field<>(name, option, type, caption, reader, writer, condition, newParameter);
    }

    /** Returns this setting as one of a whole that has {@code S} as a part. */
    public <R> Field<R, T> on(Function<R, S> part, BiFunction<R, S, R> with) {
        return new Field<>(
                name,
                option,
                type,
                caption,
                whole -> reader.apply(part.apply(whole)),
                (whole, value) -> with.apply(whole, writer.apply(part.apply(whole), value)),
                condition.map(met -> whole -> met.test(part.apply(whole))),
                whole -> parameter.apply(part.apply(whole)));
    }

    /** Returns what the setting is, with the words that it may have: {@code What is minimised: likelihood, huber or ...}. */
    public String description() {
        String text = caption.description();
        List<String> words = type instanceof Word<?> word ? word.known().get() : List.of();
        if (words.stream().allMatch(text::contains)) {
            return text;
        }
        int last = words.size() - 1;
        return text + ": " + String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** Returns the value in some settings; empty where it is not set, or has no meaning. */
    public Optional<T> read(S settings) {
        return hasMeaningIn(settings) ? reader.apply(settings) : Optional.empty();
    }

    boolean hasMeaningIn(S settings) {
        return condition.map(met -> met.test(settings)).orElse(true);
    }

    /** Returns settings with another value, or without one. */
    public S write(S settings, Optional<T> value) {
        return writer.apply(settings, value);
    }

    /** Returns the value in some settings as it stands in messages. */
    String shown(S settings) {
        return read(settings).map(type::brief).orElse("not set");
    }

    /** Returns the value in some settings as JSON; null where it is not set. */
    Object json(S settings) {
        return read(settings).map(type::json).orElse(null);
    }

    /**
     * Reads a value of JSON.
     *
     * @param asked whether somebody asks for it now, and it must be one of those that a user may give
     * @throws IllegalArgumentException naming the setting, what was found and what was expected
     */
    T ofJson(Object value, boolean asked) {
        T read = type.ofJson(value).orElseThrow(() -> wrong(value));
        if (asked && !type.admits(read)) {
            throw wrong(value);
        }
        return read;
    }

    private IllegalArgumentException wrong(Object value) {
        return new IllegalArgumentException(name + " is " + shownJson(value) + ", expected " + type.expected());
    }

    private static String shownJson(Object value) {
        try {
            String text = JSON.writeValueAsString(value);
            return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists are always JSON", e);
        }
    }

    /**
     * Returns the default as people write it; empty where there is nothing to say.
     *
     * @param defaults settings for which nothing is given
     */
    public Optional<String> usual(S defaults) {
        return caption.usual().or(() -> read(defaults).map(this::plain));
    }

    private String plain(T value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : type.text(value);
    }
}
