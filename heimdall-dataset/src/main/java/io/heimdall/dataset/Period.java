package io.heimdall.dataset;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A period of time. An end that is empty is open.
 *
 * @param from included
 * @param until excluded
 */
public record Period(Optional<Instant> from, Optional<Instant> until) {

    private static final Pattern RFC_3339 =
            Pattern.compile("(?i)(?<local>.+T.+?)(?:Z|(?<sign>[+-])(?<ahead>\\d\\d:\\d\\d))");

    /** All time, and what is of no known time. */
    public static final Period ANY = new Period(Optional.empty(), Optional.empty());

    /**
     * Checks the order of the ends.
     *
     * @throws IllegalArgumentException if it ends before it begins, or holds no moment
     */
    public Period {
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("from " + from.get() + " is not before until " + until.get());
        }
    }

    /** Returns the period between two moments, the second excluded. */
    public static Period between(Instant from, Instant until) {
        return new Period(Optional.of(from), Optional.of(until));
    }

    /**
     * Reads a moment as people write it: {@code 2026-11-24}, the start of that day in UTC, or {@code 2026-11-24T08:00:00Z},
     * also with another offset. All that RFC 3339 allows is read: small letters, and offsets of up to 23:59 hours, where
     * Java's own end at 18.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Instant moment(String text) {
        String stripped = text.strip();
        Matcher moment = RFC_3339.matcher(stripped);
        try {
            return moment.matches()
                    ? LocalDateTime.parse(moment.group("local"))
                            .minus(offset(moment))
                            .toInstant(ZoneOffset.UTC)
                    : LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a date such as 2026-11-24 nor a moment such as 2026-11-24T08:00:00Z");
        }
    }

    private static Duration offset(Matcher moment) {
        if (moment.group("sign") == null) {
            return Duration.ZERO;
        }
        LocalTime ahead = LocalTime.parse(moment.group("ahead"));
        Duration offset = Duration.between(LocalTime.MIDNIGHT, ahead);
        return moment.group("sign").equals("-") ? offset.negated() : offset;
    }

    /** Returns whether a moment is in it; one that is not known is in {@link #ANY} alone. */
    boolean contains(Optional<Instant> moment) {
        return equals(ANY)
                || moment.filter(t -> from.isEmpty() || !t.isBefore(from.get()))
                        .filter(t -> until.isEmpty() || t.isBefore(until.get()))
                        .isPresent();
    }

    /** Returns its ends as a user would say them; empty for {@link #ANY}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        from.ifPresent(first -> words.add("from " + first));
        until.ifPresent(end -> words.add("until " + end));
        return String.join(" ", words);
    }
}
