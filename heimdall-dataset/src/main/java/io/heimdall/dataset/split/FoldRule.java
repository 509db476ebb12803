package io.heimdall.dataset.split;

import io.heimdall.dataset.Session;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts every group into one of several folds, by a hash of the group and a seed. Of the members of an ensemble, member {@code k}
 * learns from the sessions outside of fold {@code k} and is judged by those in it.
 *
 * @param groupBy what stays together
 * @param seed another seed gives other folds
 * @param folds how many, {@value #FEWEST}..{@value #MOST}
 */
public record FoldRule(GroupBy groupBy, long seed, int folds) implements GroupRule {
    /** The least number of folds. */
    public static final int FEWEST = 2;

    /** The largest number of folds. */
    public static final int MOST = 20;

    /** Share of the groups outside of a member's fold that it validates with. */
    private static final double VALIDATION = 0.125;

    private static final Pattern TEXT = Pattern.compile("by=(\\w+) seed=(-?\\d+) folds=(\\d{1,9})");

    /** Checks the number of folds. */
    public FoldRule {
        if (folds < FEWEST || folds > MOST) {
            throw new IllegalArgumentException(folds + " folds: " + FEWEST + ".." + MOST + " are possible");
        }
    }

    /**
     * Returns the fold of a session, from 0.
     *
     * @throws IllegalArgumentException if the session lacks what its group follows from; the message names it
     */
    public int of(Session session) {
        return (int) (folds * GroupHash.unit(groupBy, seed, groupBy.groupOf(session)));
    }

    /**
     * Returns what a session is for the member of a fold: a test where it is in the fold; else an eighth of the groups, others for each
     * member, validates, and the rest is learned from.
     *
     * @param fold of the member, from 0
     * @throws IllegalArgumentException as {@link #of(Session)} does
     */
    public Split side(Session session, int fold) {
        if (of(session) == fold) {
            return Split.TEST;
        }
        double place = GroupHash.unit(groupBy, seed, groupBy.groupOf(session), "validation of member " + fold);
        return place < VALIDATION ? Split.VALIDATION : Split.TRAIN;
    }

    @Override
    public String canonical() {
        return "by=" + groupBy.name().toLowerCase(Locale.ROOT) + " seed=" + seed + " folds=" + folds;
    }

    static boolean isText(String text) {
        return TEXT.matcher(text).matches();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static FoldRule parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw noRule(text, null);
        }
        try {
            return new FoldRule(
                    GroupBy.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                    Long.parseLong(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
        } catch (IllegalArgumentException e) {
            throw noRule(text, e);
        }
    }

    private static IllegalArgumentException noRule(String text, Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is no rule of folds, expected like '" + new FoldRule(GroupBy.SOURCE, 0, 5).canonical()
                        + "'",
                cause);
    }
}
