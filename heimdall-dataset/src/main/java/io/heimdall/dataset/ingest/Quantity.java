package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands numbers that people write with units, decimal commas or separators of thousands. */
final class Quantity {
    private static final Pattern PLAIN = Pattern.compile("[-+]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][-+]?\\d{1,3})?");
    private static final Pattern WITH_UNIT =
            Pattern.compile("(.*?)\\s*([kKMG])?(?i:Hz|S/s|sps|dB(?:m|FS)?|deg|\u00b0)?");
    private static final Pattern THOUSANDS =
            Pattern.compile("([-+]?\\d{1,3})([ '\u2019\u00a0\u202f_.,])\\d{3}(?:\\2\\d{3})+");

    private Quantity() {}

    /** Returns a number that is written with a comma in the place of its point, with the point; any other text as it is. */
    static String withPoint(String text) {
        return PLAIN.matcher(text).matches() ? text.replace(',', '.') : text;
    }

    /** Returns the number that a text stands for, written plainly: {@code 145500000} for {@code 145,5 MHz}. */
    static Optional<String> plain(String text) {
        Matcher parts = WITH_UNIT.matcher(text.strip().replace('\u2212', '-')); // the minus of typesetters
        if (!parts.matches()) {
            return Optional.empty();
        }
        String digits = parts.group(1);
        if (THOUSANDS.matcher(digits).matches()) {
            digits = digits.replaceAll("[^-+0-9]", "");
        }
        if (!PLAIN.matcher(digits).matches()) {
            return Optional.empty();
        }
        int power = parts.group(2) == null
                ? 0
                : 3 + 3 * "kmg".indexOf(parts.group(2).toLowerCase(Locale.ROOT));
        BigDecimal number = new BigDecimal(withPoint(digits)).scaleByPowerOfTen(power);
        return Optional.of(
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }
}
