package io.heimdall.dataset.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Optional;

/**
 * A time as a table has it: ISO 8601, with or without punctuation.
 *
 * @param instant the time
 * @param zoned whether the text tells its offset from UTC; a time without one is taken for UTC
 */
record TableTime(Instant instant, boolean zoned) {
    private static final DateTimeFormatter EXTENDED = format("uuuu-MM-dd'T'HH:mm[:ss]");
    private static final DateTimeFormatter BASIC = format("uuuuMMdd'T'HHmmss");

    private static DateTimeFormatter format(String dateAndTime) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(dateAndTime)
                .optionalStart()
                .appendLiteral('.')
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
                .optionalEnd()
                .appendPattern("[XXX][XX][X]")
                .toFormatter()
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Reads a time; empty where the text is none. */
    static Optional<TableTime> parse(String text) {
        // Programs also write a blank for the T, a comma for the point, blanks before the offset, and a zone's name.
        String standard = text.strip()
                .replaceFirst("(?i)\\s*(UTC|GMT)$", "Z")
                .replaceFirst("^(\\d{4}-\\d\\d-\\d\\d)\\s+", "$1T")
                .replaceFirst("\\s+(?=[-+Zz])", "")
                .replace(',', '.');
        return parse(standard, EXTENDED).or(() -> parse(standard, BASIC));
    }

    private static Optional<TableTime> parse(String text, DateTimeFormatter format) {
        try {
            TemporalAccessor read = format.parse(text);
            ZoneOffset offset = read.query(TemporalQueries.offset());
            Instant instant = LocalDateTime.from(read).toInstant(offset == null ? ZoneOffset.UTC : offset);
            return Optional.of(new TableTime(instant, offset != null));
        } catch (DateTimeException e) {
            return Optional.empty(); // another form is tried, or the caller refuses the text
        }
    }
}
