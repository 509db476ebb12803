package io.heimdall.pipeline.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A session filter as named fields: the words of the HTTP service, of a training's saved settings, of a run's parameters and
 * of a model file's metadata.
 */
public final class FilterFields {
    /** Key of a model file's metadata under which it keeps what was learned from, unless that was everything. */
    public static final String METADATA = "session_filter";

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_SHOWN = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private FilterFields() {}

    /**
     * Returns every field of a filter.
     *
     * @return texts, numbers and lists of texts; null for a condition that is not made
     */
    public static Map<String, Object> of(SessionFilter filter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", filter.period().from().map(Instant::toString).orElse(null));
        fields.put("until", filter.period().until().map(Instant::toString).orElse(null));
        fields.put("min_frequency_hz", boxed(filter.band().minHz()));
        fields.put("max_frequency_hz", boxed(filter.band().maxHz()));
        fields.put("stations", sorted(filter.stations()));
        fields.put("training_dataset", filter.trainingDataset().orElse(null));
        fields.put("sessions", sorted(filter.sessionIds()));
        fields.put("min_snr_db", boxed(filter.quality().minSnrDb()));
        fields.put("max_clipped_share", boxed(filter.quality().maxClippedShare()));
        return fields;
    }

    /**
     * Reads what {@link #of} gave, or a part of it; other fields are passed over.
     *
     * @throws IllegalArgumentException naming a field whose value makes no sense
     */
    public static SessionFilter read(Map<String, ?> fields) {
        return new SessionFilter(
                texts(fields, "sessions"),
                new Period(moment(fields, "from"), moment(fields, "until")),
                new Band(whole(fields, "min_frequency_hz"), whole(fields, "max_frequency_hz")),
                texts(fields, "stations"),
                text(fields, "training_dataset"),
                new QualityLimits(number(fields, "min_snr_db"), number(fields, "max_clipped_share")));
    }

    /** Returns the conditions that are made as short texts; a long list is told by its length and digest. */
    public static Map<String, String> texts(SessionFilter filter) {
        Map<String, String> texts = new LinkedHashMap<>();
        of(filter).forEach((name, value) -> {
            if (value != null) {
                texts.put(name, value instanceof List<?> list ? joined(list) : value.toString());
            }
        });
        return texts;
    }

    /** Returns the fields as one line of JSON, for {@link #parse}. */
    static String line(SessionFilter filter) {
        try {
            return JSON.writeValueAsString(of(filter));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /**
     * Reads what stands in a model file's metadata under {@link #METADATA}.
     *
     * @throws IllegalArgumentException if it is no filter
     */
    public static SessionFilter parse(String line) {
        try {
            return read(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + cut(line) + "' is no object of a filter's fields", e);
        }
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static Double boxed(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }

    private static List<String> sorted(Collection<String> names) {
        return names.isEmpty() ? null : names.stream().sorted().toList();
    }

    private static String joined(List<?> names) {
        String text = String.join(", ", names.stream().map(Object::toString).toList());
        return text.length() <= LONGEST_TEXT ? text : names.size() + " of SHA-256 " + sha256(text);
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> text(Map<String, ?> fields, String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String text && !text.isBlank())) {
            throw wrong(name, value, "a word");
        }
        return Optional.ofNullable((String) value);
    }

    private static Optional<Instant> moment(Map<String, ?> fields, String name) {
        Optional<String> text = text(fields, name);
        try {
            return text.map(Period::moment);
        } catch (IllegalArgumentException e) {
            throw wrong(name, text.orElseThrow(), "a date such as 2026-11-24 or a moment such as 2026-11-24T08:00:00Z");
        }
    }

    private static Set<String> texts(Map<String, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof Collection<?> list)
                || list.isEmpty()
                || !list.stream().allMatch(item -> item instanceof String text && !text.isBlank())) {
            throw wrong(name, value, "a list of words, not empty");
        }
        return Set.copyOf(list.stream().map(String.class::cast).toList());
    }

    private static OptionalLong whole(Map<String, ?> fields, String name) {
        OptionalDouble number = number(fields, name);
        if (number.isPresent() && number.getAsDouble() != Math.rint(number.getAsDouble())) {
            throw wrong(name, fields.get(name), "a whole number");
        }
        return number.isPresent() ? OptionalLong.of((long) number.getAsDouble()) : OptionalLong.empty();
    }

    private static OptionalDouble number(Map<String, ?> fields, String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof Number)) {
            throw wrong(name, value, "a number");
        }
        return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    private static IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(name + " is "
                + cut(value instanceof String ? "\"" + value + "\"" : "" + value) + ", expected " + expected);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }
}
