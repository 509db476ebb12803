package io.heimdall.dataset;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known word that is nearest to a mistyped one. */
public final class Spelling {

    private Spelling() {}

    /**
     * Returns the known word that takes the fewest edits.
     *
     * @param known at least one word
     */
    public static String nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
                .orElseThrow();
    }

    /** Returns Levenshtein's distance, or that of the parts behind the last dots: {@code epoch} is near {@code training.epochs}. */
    public static int edits(String word, String candidate) {
        return Math.min(distance(word, candidate), 1 + distance(last(word), last(candidate)));
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
