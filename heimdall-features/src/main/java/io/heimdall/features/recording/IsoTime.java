package io.heimdall.features.recording;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as programs write it: ISO 8601 and RFC 3339 with what is left out or written otherwise in practice.
 *
 * <p>Read are a space or small {@code t} before the time, a small {@code z}, an offset without colon or minutes, a comma
 * before the fraction, a fraction of any length (cut after nanoseconds), no separators at all, hour 24, and a leap second
 * (taken for the second before).
 *
 * @param instant the time, UTC
 * @param zoned whether it was written with a zone; otherwise it is taken for UTC
 */
record IsoTime(Instant instant, boolean zoned) {
    private static final int NANO_DIGITS = 9;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;

    private static final Pattern TIME = Pattern.compile(
            "(?<year>\\d{4})([-/]?)(?<month>\\d{2})\\2(?<day>\\d{2})[T ]\\s?"
                    + "(?<hour>\\d{2}):?(?<minute>\\d{2})(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d*))?)?\\s?"
                    + "(?<zone>Z|UTC|GMT|(?<sign>[+-])(?<hours>\\d{2})(?::?(?<minutes>\\d{2}))?)?",
            Pattern.CASE_INSENSITIVE);

    /** Reads a text; empty where it is no time, or one that does not exist. */
    static Optional<IsoTime> parse(String text) {
        Matcher parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int hour = number(parts, "hour");
        int minute = number(parts, "minute");
        int second = number(parts, "second");
        boolean endOfDay = hour == 24 && minute == 0 && second == 0;
        int offset = number(parts, "hours") * 60 + number(parts, "minutes");
        if (offset > MAX_OFFSET_MINUTES) {
            return Optional.empty();
        }
        try {
            Instant local = LocalDateTime.of(
                            number(parts, "year"),
                            number(parts, "month"),
                            number(parts, "day"),
                            endOfDay ? 0 : hour,
                            minute,
                            second == 60 ? 59 : second,
                            nanos(parts))
                    .plusDays(endOfDay ? 1 : 0)
                    .toInstant(ZoneOffset.UTC);
            long east = "-".equals(parts.group("sign")) ? -offset : offset;
            return Optional.of(new IsoTime(local.minusSeconds(60 * east), parts.group("zone") != null));
        } catch (DateTimeException e) {
            return Optional.empty(); // 30 February, hour 25
        }
    }

    private static int number(Matcher parts, String group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(Matcher parts) {
        String fraction = parts.group("fraction");
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        String padded = fraction + "0".repeat(NANO_DIGITS);
        return Integer.parseInt(padded, 0, NANO_DIGITS, 10);
    }
}
