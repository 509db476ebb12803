package io.heimdall.pipeline.settings;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses decimal numbers: {@code 12500}, {@code -0.5}, {@code 1e-3}. Java's own parsers also accept {@code 12500f},
 * {@code 0x1p3} and blanks.
 */
public final class StrictNumber {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?");

    private StrictNumber() {}

    /** Returns the whole number that a text is; empty if it is none, or is larger than 64 bits. */
    public static Optional<Long> whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) { // more than 64 bits
            return Optional.empty();
        }
    }

    /** Returns the whole number that a decimal text such as {@code 145.5e6} is; empty if it is none. */
    public static Optional<Long> wholeDecimal(String text) {
        try {
            return DECIMAL.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text).longValueExact())
                    : Optional.empty();
        } catch (ArithmeticException e) { // a fraction, or more than 64 bits
            return Optional.empty();
        }
    }

    /** Returns the finite number that a text is; empty if it is none. */
    public static Optional<Double> decimal(String text) {
        return Optional.of(text)
                .filter(DECIMAL.asMatchPredicate())
                .map(Double::valueOf)
                .filter(Double::isFinite);
    }
}
