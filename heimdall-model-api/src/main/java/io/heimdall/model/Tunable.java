package io.heimdall.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A choice by name with parameters that users may change: {@code huber}, or {@code huber:delta=2.0}.
 *
 * @param <T> the common type of the choices
 */
public interface Tunable<T extends Tunable<T>> {

    /** Returns the name that users type. */
    String name();

    /** Returns all its numbers, by name. */
    default Map<String, Double> numbers() {
        return Map.of();
    }

    /**
     * Returns the same with other numbers.
     *
     * @param numbers all of them, by the names of {@link #numbers}
     * @throws IllegalArgumentException if one is out of its range
     */
    T withNumbers(Map<String, Double> numbers);

    /**
     * Returns the text that {@link #parse} reads: the name, and the numbers that are not the usual ones.
     *
     * @param usual the one that the name alone means
     */
    static <T extends Tunable<T>> String text(T one, T usual) {
        List<String> changed = new ArrayList<>();
        one.numbers().forEach((name, number) -> {
            if (!number.equals(usual.numbers().get(name))) {
                changed.add(name + "=" + number);
            }
        });
        return changed.isEmpty() ? one.name() : one.name() + ":" + String.join(",", changed);
    }

    /**
     * Reads a name, with numbers that are not the usual ones or without.
     *
     * @param usual gives the one that a name alone means, or refuses the name
     * @throws IllegalArgumentException naming what cannot be understood
     */
    static <T extends Tunable<T>> T parse(String text, Function<String, T> usual) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return usual.apply(text);
        }
        T named = usual.apply(text.substring(0, colon));
        Map<String, Double> numbers = new LinkedHashMap<>(named.numbers());
        for (String assignment : text.substring(colon + 1).split(",", -1)) {
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? assignment : assignment.substring(0, equals);
            if (!numbers.containsKey(name)) {
                throw new IllegalArgumentException("'" + text + "': " + named.name() + " has no number '" + name + "'; "
                        + (numbers.isEmpty() ? "it has none" : "there are " + String.join(", ", numbers.keySet())));
            }
            numbers.put(name, number(text, assignment.substring(equals + 1)));
        }
        return named.withNumbers(numbers);
    }

    private static double number(String text, String number) {
        if (!Pattern.matches("Infinity|[+-]?[0-9]{0,40}\\.?[0-9]{1,40}([eE][+-]?[0-9]{1,3})?", number)) {
            throw new IllegalArgumentException(
                    "'" + text + "': '" + number + "' is not a number; expected NAME=NUMBER with a number such as 0.5");
        }
        return Double.parseDouble(number);
    }
}
