package io.heimdall.features.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a JSON object that a reader asks for. A field that is not understood is unknown, with a warning; only what
 * says where the samples stand must make sense.
 */
final class JsonFields {
    private static final int MAX_CHARACTERS = 1000;
    private static final int MAX_ELEMENTS = 16;
    private static final int MAX_SHOWN = 60;
    /** The fields that matter of an object in a field, which is a place. */
    private static final Set<String> WITHIN = Set.of("type", "coordinates");

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,400}\\.?\\d{0,400}|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

    /** A number or a text in its place, as it is written. */
    private record Written(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private final String where;
    private final Warnings warnings;
    private final Map<String, Object> values = new LinkedHashMap<>(4);

    private JsonFields(String where, Warnings warnings) {
        this.where = where;
        this.warnings = warnings;
    }

    /** Returns the fields of an object that is not there. */
    static JsonFields none(String where, Warnings warnings) {
        return new JsonFields(where, warnings);
    }

    /**
     * Reads the object at whose begin a parser stands.
     *
     * @param where what the object is, for messages
     * @param wanted the fields that matter; others are passed over, whatever they hold
     */
    static JsonFields read(JsonParser json, String where, Set<String> wanted, Warnings warnings) throws IOException {
        JsonFields fields = new JsonFields(where, warnings);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!wanted.contains(name)) {
                json.skipChildren();
                continue;
            }
            if (fields.values.containsKey(name)) {
                warnings.add(name + " is in " + where + " more than once: the last one is used");
            }
            fields.values.put(
                    name,
                    json.currentToken() == JsonToken.START_OBJECT
                            ? read(json, name + " of " + where, WITHIN, warnings)
                            : value(json));
        }
        return fields;
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean structured = json.currentToken().isStructStart();
                if (elements.size() < MAX_ELEMENTS) {
                    elements.add(structured ? new Written("[...]") : value(json));
                }
                json.skipChildren();
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = json.getText();
        String cut = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "...";
        return token == JsonToken.VALUE_STRING ? cut : new Written(cut);
    }

    /** Returns a value as a message shows it. */
    static String shown(Object value) {
        String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return Shown.line(text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...");
    }

    /** Reads a number, also one written as a text; empty where the value is none. */
    static OptionalDouble number(Object value) {
        String text = value instanceof String || value instanceof Written
                ? value.toString().strip()
                : "";
        return NUMBER.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    /** Returns a field's value; empty where it is null or not there. */
    Optional<Object> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a field that is a text, and whatever else stands there as it is written. */
    Optional<String> text(String key) {
        return get(key).map(Object::toString);
    }

    boolean isTrue(String key) {
        return text(key).map(value -> value.equalsIgnoreCase("true")).orElse(false);
    }

    /**
     * Returns a field that is a number.
     *
     * @param expected what it should be, for the warning
     * @param instead what is taken where it is not, for the warning
     */
    OptionalDouble number(String key, DoublePredicate valid, String expected, String instead) {
        Optional<Object> value = get(key);
        OptionalDouble number = value.map(JsonFields::number).orElse(OptionalDouble.empty());
        if (number.isPresent() && valid.test(number.getAsDouble())) {
            return number;
        }
        value.ifPresent(wrong -> warn(key, wrong, expected, instead));
        return OptionalDouble.empty();
    }

    /**
     * Returns a field that says where the samples stand.
     *
     * @param file for the message
     * @param absent what a missing field means
     * @throws RecordingFormatException if it is not a whole number of its range
     */
    long count(ByteSource file, String key, long absent, long least, long most) throws RecordingFormatException {
        Optional<Object> value = get(key);
        if (value.isEmpty()) {
            return absent;
        }
        long count =
                number(value.get()).isPresent() ? whole(value.get().toString().strip()) : -1;
        if (count < least || count > most) {
            String range = most == Long.MAX_VALUE ? least + " or more" : least + ".." + most;
            throw new RecordingFormatException(
                    file, -1, key + " " + shown(value.get()) + " in " + where, "a whole number, " + range);
        }
        return count;
    }

    void warn(String key, Object value, String expected, String instead) {
        warnings.add(key + " of " + where + " is " + shown(value) + ", not " + expected + ": " + instead);
    }

    private static long whole(String text) {
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return -1; // not whole, or beyond all counts
        }
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + shown(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
