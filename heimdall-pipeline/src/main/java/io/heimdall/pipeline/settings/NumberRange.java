package io.heimdall.pipeline.settings;

import java.math.BigDecimal;

/**
 * The range of a setting's numbers, the same for options, configuration and requests.
 *
 * @param isWhole whether it is a whole number
 * @param least the smallest one
 * @param most the largest one
 * @param mayBeInfinite whether it may be {@code Infinity} too
 */
public record NumberRange(boolean isWhole, BigDecimal least, BigDecimal most, boolean mayBeInfinite) {

    /** Returns the range of whole numbers between two, both included. */
    public static NumberRange whole(long least, long most) {
        return new NumberRange(true, BigDecimal.valueOf(least), BigDecimal.valueOf(most), false);
    }

    /** Returns the range of numbers between two, both included. */
    public static NumberRange decimal(String least, String most) {
        return new NumberRange(false, new BigDecimal(least), new BigDecimal(most), false);
    }

    /** Returns this range with {@code Infinity}. */
    public NumberRange orInfinite() {
        return new NumberRange(isWhole, least, most, true);
    }

    /** Returns whether a number is in the range. */
    public boolean admits(Number number) {
        if (number instanceof Double value && !Double.isFinite(value)) {
            return mayBeInfinite && value == Double.POSITIVE_INFINITY;
        }
        BigDecimal value = new BigDecimal(number.toString());
        boolean fits = !isWhole || value.stripTrailingZeros().scale() <= 0;
        return fits && value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** Returns what is expected, for a message: {@code a whole number in 2..8192}. */
    public String expected() {
        return (isWhole ? "a whole number in " : "a number in ") + this + (mayBeInfinite ? " or Infinity" : "");
    }

    /** Returns the smallest and the largest number. */
    @Override
    public String toString() {
        return text(least) + ".." + text(most);
    }

    private static String text(BigDecimal number) {
        String plain = number.toPlainString();
        return plain.length() <= 7 || number.scale() == 0 && plain.length() <= 8
                ? plain
                : number.toString().replace("E+", "e").replace("E", "e");
    }
}
