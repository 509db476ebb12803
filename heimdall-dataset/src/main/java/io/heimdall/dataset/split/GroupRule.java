package io.heimdall.dataset.split;

/**
 * A rule that assigns a session by a hash of its group. New data moves no old session, and the sessions of a group
 * stay together.
 */
public sealed interface GroupRule permits SplitRule, FoldRule {

    /** Returns what stays together. */
    GroupBy groupBy();

    /** Returns the seed: another one decides otherwise. */
    long seed();

    /** Returns the rule as text for metadata, read back by {@link #parse}. */
    String canonical();

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static GroupRule parse(String text) {
        return FoldRule.isText(text) ? FoldRule.parse(text) : SplitRule.parse(text);
    }
}
