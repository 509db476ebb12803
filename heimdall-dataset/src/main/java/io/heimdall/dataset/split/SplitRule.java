package io.heimdall.dataset.split;

import io.heimdall.dataset.Session;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides the side of a session by a hash of its group and a seed: adding data moves no old session, and no group stands on
 * two sides.
 *
 * @param groupBy what stays together
 * @param seed another seed gives another split
 * @param train share of the groups to learn from, above 0
 * @param validation share of the groups to validate with; the rest is for the test
 */
public record SplitRule(GroupBy groupBy, long seed, double train, double validation) implements GroupRule {
    private static final Pattern TEXT = Pattern.compile("by=(\\w+) seed=(-?\\d+) train=(\\S+) validation=(\\S+)");

    /** Checks the shares. */
    public SplitRule {
        if (!(train > 0 && validation >= 0 && train + validation <= 1)) {
            throw new IllegalArgumentException("shares train " + train + " and validation " + validation
                    + " must be above 0 and at least 0, and at most 1 together");
        }
    }

    /** Returns the usual rule: 80 % train, 10 % validation, 10 % test. */
    public static SplitRule of(GroupBy groupBy, long seed) {
        return new SplitRule(groupBy, seed, 0.8, 0.1);
    }

    /**
     * Returns the side of a session.
     *
     * @throws IllegalArgumentException if the session lacks what its group follows from; the message names it
     */
    public Split of(Session session) {
        double place = GroupHash.unit(groupBy, seed, groupBy.groupOf(session));
        if (place < train) {
            return Split.TRAIN;
        }
        return place < train + validation ? Split.VALIDATION : Split.TEST;
    }

    @Override
    public String canonical() {
        return "by=" + groupBy.name().toLowerCase(Locale.ROOT) + " seed=" + seed + " train=" + train + " validation="
                + validation;
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static SplitRule parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw noRule(text, null);
        }
        try {
            return new SplitRule(
                    GroupBy.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                    Long.parseLong(parts.group(2)),
                    Double.parseDouble(parts.group(3)),
                    Double.parseDouble(parts.group(4)));
        } catch (IllegalArgumentException e) {
            throw noRule(text, e);
        }
    }

    private static IllegalArgumentException noRule(String text, Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is no split rule, expected like '"
                        + of(GroupBy.SOURCE, 0).canonical() + "'",
                cause);
    }
}
