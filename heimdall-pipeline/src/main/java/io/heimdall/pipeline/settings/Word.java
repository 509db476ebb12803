package io.heimdall.pipeline.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A type of setting: a name, or a value that has a name.
 *
 * @param reader of the text, refuses a word that cannot be understood
 * @param writer of the text
 * @param known gives the words that are worth to be listed; none where any word will do
 * @param limit the values that a request may have, if these are fewer than those of the command line
 * @param count the numbers that may stand in place of a word
 */
public record Word<T>(
        Function<String, T> reader,
        Function<T, String> writer,
        Supplier<List<String>> known,
        Optional<Limit> limit,
        Optional<NumberRange> count)
        implements FieldType<T> {
    /** Something beside blanks, and no control character. */
    private static final String VISIBLE =
            "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0\\s][^\\x00-\\x1f\\x7f-\\x9f]*$";

    /**
     * The words of requests.
     *
     * @param pattern of the whole word
     * @param expected says it to people
     */
    public record Limit(Pattern pattern, String expected) {}

    /** Returns any word. */
    public static Word<String> any() {
        return of(word -> word, word -> word, List::of);
    }

    /** Returns names of files. */
    public static Word<Path> file() {
        return of(Path::of, Path::toString, List::of);
    }

    /** Returns words that are read and written by functions. */
    public static <T> Word<T> of(Function<String, T> reader, Function<T, String> writer, Supplier<List<String>> known) {
        return new Word<>(reader, writer, known, Optional.empty(), Optional.empty());
    }

    /** Returns these words, fewer of them from a request. */
    public Word<T> limited(String pattern, String expected) {
        return new Word<>(reader, writer, known, Optional.of(new Limit(Pattern.compile(pattern), expected)), count);
    }

    /** Returns these words or whole numbers. */
    public Word<T> orCount(long least, long most) {
        return new Word<>(reader, writer, known, limit, Optional.of(NumberRange.whole(least, most)));
    }

    static Map<String, Object> visibleText() {
        return Map.of("type", "string", "pattern", VISIBLE);
    }

    @Override
    public T parse(String text) {
        return reader.apply(text);
    }

    @Override
    public String text(T value) {
        return writer.apply(value);
    }

    @Override
    public Optional<T> ofJson(Object value) {
        if (count.isPresent() && value instanceof Number number) {
            return new Whole(count.get(), false).ofJson(number).map(whole -> parse(whole.toString()));
        }
        return value instanceof String text && !text.isBlank() ? Optional.of(parse(text)) : Optional.empty();
    }

    @Override
    public Object json(T value) {
        return text(value);
    }

    @Override
    public String expected() {
        return "a word";
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> word = limit.map(
                        limited -> Map.<String, Object>of("type", "string", "pattern", "^(" + limited.pattern() + ")$"))
                .orElseGet(() -> known.get().isEmpty() ? visibleText() : Map.of("type", "string", "enum", known.get()));
        return count.map(range -> Map.<String, Object>of("oneOf", List.of(word, new Whole(range, false).schema())))
                .orElse(word);
    }

    @Override
    public Map<String, Object> answerSchema() {
        return visibleText();
    }
}
