package io.heimdall.dataset.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advises on cells that {@link TableTime} does not read: what they seem to mean, and how that is written. */
final class TimeAdvice {
    private static final Pattern DATE =
            Pattern.compile("(\\d{1,4})[./-](\\d{1,2})[./-](\\d{1,4})(?:[ T,]+(\\d{1,2}):(\\d\\d)(?::(\\d\\d))?.*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{5,13}([.,]\\d{1,15})?");
    private static final LocalDateTime SPREADSHEET_DAY_0 = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final BigDecimal MAX_SPREADSHEET_DAY = new BigDecimal(100_000);
    private static final BigDecimal MAX_UNIX_SECONDS = new BigDecimal(100_000_000_000L);

    private TimeAdvice() {}

    /** Returns the advice; empty where there is none to give. */
    static Optional<String> on(String text) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            return date(date);
        }
        return NUMBER.matcher(text).matches()
                ? Optional.of(number(new BigDecimal(text.replace(',', '.'))))
                : Optional.empty();
    }

    private static String number(BigDecimal number) {
        if (number.compareTo(MAX_SPREADSHEET_DAY) < 0) {
            long seconds = number.multiply(new BigDecimal(86_400))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValue();
            return "as a spreadsheet's number of a day it is "
                    + Instant.from(SPREADSHEET_DAY_0.plusSeconds(seconds).atOffset(ZoneOffset.UTC));
        }
        BigDecimal millis = number.compareTo(MAX_UNIX_SECONDS) < 0 ? number.movePointRight(3) : number;
        return "as Unix time it is " + Instant.ofEpochMilli(millis.longValue());
    }

    private static Optional<String> date(Matcher date) {
        int first = Integer.parseInt(date.group(1));
        int second = Integer.parseInt(date.group(2));
        int third = Integer.parseInt(date.group(3));
        String time = time(date);
        if (first > 31) {
            return date(first, second, third, time).map(written -> "write " + written);
        }
        int year = third < 100 ? 2000 + third : third;
        Optional<String> dayFirst = date(year, second, first, time);
        Optional<String> monthFirst = date(year, first, second, time);
        if (dayFirst.isPresent() && monthFirst.isPresent() && first != second) {
            return Optional.of("write " + dayFirst.get() + " or " + monthFirst.get() + ", whichever is meant");
        }
        return dayFirst.or(() -> monthFirst).map(written -> "write " + written);
    }

    private static String time(Matcher date) {
        return date.group(4) == null
                ? "T00:00:00Z"
                : String.format(
                        "T%02d:%s:%sZ",
                        Integer.parseInt(date.group(4)), date.group(5), date.group(6) == null ? "00" : date.group(6));
    }

    private static Optional<String> date(int year, int month, int day, String time) {
        try {
            return Optional.of(LocalDate.of(year, month, day) + time);
        } catch (DateTimeException e) {
            return Optional.empty(); // there is no such day
        }
    }
}
