package io.heimdall.pipeline.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table of settings, in the order of the documentation.
 *
 * <p>Command line, configuration, JSON, OpenAPI, records of runs, the page's form and the documentation are made from it.
 *
 * @param all settings
 * @param <S> of the settings
 */
public record Fields<S>(List<Field<S, ?>> all) {
    private static final int LONGEST_SHOWN = 60;

    /** Copies the list. */
    public Fields {
        all = List.copyOf(all);
    }

    /** Returns these settings and others behind them. */
    public Fields<S> and(Fields<S> others) {
        return new Fields<>(Stream.concat(all.stream(), others.all.stream()).toList());
    }

    /** Returns these settings as those of a whole that has {@code S} as a part. */
    public <R> Fields<R> on(Function<R, S> part, BiFunction<R, S, R> with) {
        List<Field<R, ?>> lifted = new ArrayList<>();
        all.forEach(field -> lifted.add(field.on(part, with)));
        return new Fields<>(lifted);
    }

    /** Returns the names. */
    public List<String> names() {
        return all.stream().map(Field::name).toList();
    }

    /** Returns every setting as a value of JSON, null where it is not set. */
    public Map<String, Object> json(S settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        all.forEach(field -> values.put(field.name(), field.json(settings)));
        return values;
    }

    /**
     * Reads what {@link #json} gave, or a part of it: whatever was once accepted, also if it is out of range by now.
     *
     * @param values by name; what is not there or null is as in {@code usual}
     * @throws IllegalArgumentException naming a setting whose value makes no sense
     */
    public S saved(Map<String, ?> values, S usual) {
        return read(values, usual, usual, false);
    }

    /**
     * Reads what somebody asks for.
     *
     * @param values by name; what is not there is as in {@code base}, what is null as in {@code usual}
     * @throws IllegalArgumentException naming a setting that is not known, or whose value makes no sense or is out of range
     */
    public S asked(Map<String, ?> values, S base, S usual) {
        values.forEach((name, value) -> {
            if (!names().contains(name)) {
                throw new IllegalArgumentException(
                        "unknown field '" + cut(name) + "'; the fields are " + String.join(", ", names()));
            }
            checkText(name, value);
        });
        return read(values, base, usual, true);
    }

    private S read(Map<String, ?> values, S base, S usual, boolean asked) {
        List<Given<S, ?>> given = new ArrayList<>();
        for (Field<S, ?> field : all) {
            if (values.get(field.name()) != null) {
                given.add(Given.ofJson(field, values.get(field.name()), asked));
            } else if (values.containsKey(field.name())) {
                given.add(Given.as(field, usual));
            }
        }
        return with(base, given);
    }

    private static void checkText(String name, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(item -> checkText(name, item));
        }
        if (value instanceof String text && text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " has a control character");
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /**
     * Returns settings with other values.
     *
     * @param given in the order of the table
     * @throws IllegalArgumentException if values contradict each other
     */
    public S with(S base, List<Given<S, ?>> given) {
        S decided = written(
                base,
                given.stream().filter(one -> one.field().condition().isEmpty()).toList());
        return written(
                decided,
                given.stream()
                        .filter(one -> one.field().condition().isPresent()
                                && one.field().hasMeaningIn(decided))
                        .toList());
    }

    /** All are taken away before the first is written: two ends of a band are held against each other, not against former ones. */
    private S written(S base, List<Given<S, ?>> given) {
        S settings = base;
        for (Given<S, ?> one : given) {
            settings = one.clearedIn(settings);
        }
        for (Given<S, ?> one : given) {
            settings = one.writtenTo(settings);
        }
        return settings;
    }

    /** Returns every setting that is recorded of a run, as text. */
    public Map<String, String> parameters(S settings) {
        Map<String, String> parameters = new LinkedHashMap<>();
        all.forEach(field -> field.parameter().apply(settings).ifPresent(text -> parameters.put(field.name(), text)));
        return parameters;
    }

    /** Returns every setting that has another value than before, a line each: {@code epochs was 100 and is 20}. */
    public List<String> differences(S before, S now) {
        return all.stream()
                .filter(field -> !field.read(before).equals(field.read(now)))
                .sorted(Comparator.comparing(Field::name))
                .map(field -> field.name() + " was " + field.shown(before) + " and is " + field.shown(now))
                .toList();
    }
}
