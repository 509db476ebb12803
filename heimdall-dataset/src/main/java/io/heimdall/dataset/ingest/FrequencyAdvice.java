package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.util.Optional;

/** Advises on frequencies that are no whole number of hertz: how what they seem to mean is written. */
final class FrequencyAdvice {
    private static final BigDecimal MAX_KILOHERTZ = new BigDecimal(10_000_000);
    private static final BigDecimal MAX_MEGAHERTZ = new BigDecimal(100_000);

    private FrequencyAdvice() {}

    /** Returns the advice, behind a semicolon; empty text where there is none to give. */
    static String on(String text) {
        Optional<BigDecimal> number = Quantity.plain(text).map(BigDecimal::new);
        if (number.isEmpty() || number.get().signum() <= 0) {
            return "";
        }
        BigDecimal value = number.get();
        if (isWhole(value)) {
            return "; write " + value.toPlainString();
        }
        String megahertz = asHertz(value, 6, MAX_MEGAHERTZ, "megahertz");
        String kilohertz = asHertz(value, 3, MAX_KILOHERTZ, "kilohertz");
        String both = megahertz.isEmpty() || kilohertz.isEmpty() ? megahertz + kilohertz : megahertz + ", " + kilohertz;
        return both.isEmpty() ? "" : "; write " + both;
    }

    private static String asHertz(BigDecimal value, int power, BigDecimal most, String unit) {
        BigDecimal hertz = value.movePointRight(power);
        return value.compareTo(most) < 0 && isWhole(hertz)
                ? hertz.stripTrailingZeros().toPlainString() + " if " + unit + " are meant"
                : "";
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
