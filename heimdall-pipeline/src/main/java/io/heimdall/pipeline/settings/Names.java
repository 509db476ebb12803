package io.heimdall.pipeline.settings;

import io.heimdall.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A type of setting: a set of names, in alphabetical order.
 *
 * @param file of names, an id a line, that may be given too
 */
public record Names(Optional<FileOption> file) implements FieldType<List<String>> {
    private static final int LONGEST_TEXT = 500;

    /**
     * The option that takes a file of names.
     *
     * @param name without its dashes
     * @param description of it
     */
    public record FileOption(String name, String description) {}

    /** Returns names that are typed. */
    public static Names typed() {
        return new Names(Optional.empty());
    }

    /** Returns names that are typed or stand in a file. */
    public static Names orFile(String option, String description) {
        return new Names(Optional.of(new FileOption(option, description)));
    }

    @Override
    public List<String> parse(String text) {
        return Stream.of(text.split(",")).map(String::strip).distinct().sorted().toList();
    }

    /** Returns the names with commas between them, which {@link #parse} reads where no name has one. */
    @Override
    public String text(List<String> names) {
        return String.join(", ", names);
    }

    @Override
    public String brief(List<String> names) {
        String text = text(names);
        return text.length() <= LONGEST_TEXT ? text : names.size() + " of SHA-256 " + sha256(text);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<List<String>> ofJson(Object value) {
        if (!(value instanceof Collection<?> list)
                || list.isEmpty()
                || !list.stream().allMatch(item -> item instanceof String text && !text.isBlank())) {
            return Optional.empty();
        }
        return Optional.of(
                list.stream().map(String.class::cast).distinct().sorted().toList());
    }

    @Override
    public Object json(List<String> names) {
        return names;
    }

    @Override
    public String expected() {
        return "a list of words, not empty";
    }

    @Override
    public String hint() {
        return "commas between them";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", Word.visibleText(), "minItems", 1);
    }
}
