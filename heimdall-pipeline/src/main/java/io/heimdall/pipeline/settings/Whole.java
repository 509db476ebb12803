package io.heimdall.pipeline.settings;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A type of setting: a whole number.
 *
 * @param range of it
 * @param inHertz whether it is a frequency, which people also write as {@code 145.5e6}
 */
public record Whole(NumberRange range, boolean inHertz) implements FieldType<Long> {
    /** So many digits are those of 64 bits, which need not be told of. */
    private static final int MANY_DIGITS = 18;

    /** Returns the numbers between two, both included. */
    public static Whole in(long least, long most) {
        return new Whole(NumberRange.whole(least, most), false);
    }

    /** Returns the frequencies up to one. */
    public static Whole hertz(long most) {
        return new Whole(NumberRange.whole(0, most), true);
    }

    @Override
    public Long parse(String text) {
        if (inHertz) {
            return StrictNumber.wholeDecimal(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "' is no whole number of hertz such as 145500000 or 145.5e6"));
        }
        long number = StrictNumber.whole(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a whole number such as 12"));
        if (fitsInt() && number != (int) number) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number below 2^31");
        }
        return number;
    }

    private boolean fitsInt() {
        return range.most().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    @Override
    public String text(Long value) {
        return value.toString();
    }

    /** Reads {@code 2.0} too, which programs write that know one type of number alone. */
    @Override
    public Optional<Long> ofJson(Object value) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return Optional.empty();
        }
        try {
            long whole = new BigDecimal(number.toString()).longValueExact();
            return fitsInt() && whole != (int) whole ? Optional.empty() : Optional.of(whole);
        } catch (ArithmeticException e) { // a fraction, or more than 64 bits
            return Optional.empty();
        }
    }

    @Override
    public Object json(Long value) {
        return fitsInt() ? (Object) value.intValue() : value;
    }

    @Override
    public String expected() {
        return range.expected();
    }

    @Override
    public boolean admits(Long value) {
        return range.admits(value);
    }

    @Override
    public String hint() {
        return range.most().precision() < MANY_DIGITS ? range.toString() : "";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", range.least().longValueExact());
        schema.put("maximum", range.most().longValueExact());
        if (!fitsInt()) {
            schema.put("format", "int64");
        }
        return schema;
    }
}
