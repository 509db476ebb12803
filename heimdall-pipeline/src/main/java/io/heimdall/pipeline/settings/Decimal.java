package io.heimdall.pipeline.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A type of setting: a decimal number.
 *
 * @param range of it
 */
public record Decimal(NumberRange range) implements FieldType<Double> {
    private static final String INFINITY = "Infinity"; // JSON has no such number

    /** Returns the numbers between two, both included. */
    public static Decimal in(String least, String most) {
        return new Decimal(NumberRange.decimal(least, most));
    }

    /** Returns these numbers and {@code Infinity}. */
    public Decimal orInfinite() {
        return new Decimal(range.orInfinite());
    }

    @Override
    public Double parse(String text) {
        if (range.mayBeInfinite() && text.equals(INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        return StrictNumber.decimal(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        range.mayBeInfinite()
                                ? "'" + text + "' is neither a number such as 1 or 0.5 nor Infinity"
                                : "'" + text + "' is not a number such as 12.5 or 1e-3"));
    }

    @Override
    public String text(Double value) {
        return value.toString();
    }

    @Override
    public Optional<Double> ofJson(Object value) {
        if (range.mayBeInfinite() && INFINITY.equals(value)) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    @Override
    public Object json(Double value) {
        return value.isInfinite() ? (Object) INFINITY : value;
    }

    @Override
    public String expected() {
        return range.expected();
    }

    @Override
    public boolean admits(Double value) {
        return range.admits(value);
    }

    @Override
    public String hint() {
        return range.toString();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> finite = Map.of("type", "number", "minimum", range.least(), "maximum", range.most());
        return range.mayBeInfinite() ? Map.of("oneOf", List.of(finite, Map.of("const", INFINITY))) : finite;
    }
}
