package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advises on times with a unit: how they are written in seconds. */
final class ClockAdvice {
    private static final Pattern WITH_UNIT = Pattern.compile("(\\S*\\d\\S*?)\\s*(s|ms|us|\u00b5s|\u03bcs|ns|ps)");
    private static final Map<String, Integer> POWERS =
            Map.of("s", 0, "ms", -3, "us", -6, "\u00b5s", -6, "\u03bcs", -6, "ns", -9, "ps", -12);

    private ClockAdvice() {}

    /** Returns a time with a unit in seconds: {@code 1E-7} for {@code 100 ns}. */
    static Optional<String> on(String text) {
        Matcher parts = WITH_UNIT.matcher(text.strip());
        if (!parts.matches()) {
            return Quantity.plain(text);
        }
        return Quantity.plain(parts.group(1))
                .map(number -> new BigDecimal(number)
                        .scaleByPowerOfTen(POWERS.get(parts.group(2)))
                        .stripTrailingZeros()
                        .toString());
    }
}
