package io.heimdall.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that is nearest to a mistyped one. */
public final class Spelling {

    private Spelling() {}

    /** A shorter word begins too many others. */
    private static final int SHORTEST_BEGINNING = 3;

    /**
     * Returns the known word that a mistyped one may mean: the shortest that begins with it, or the nearest if it takes at
     * most an edit for three letters (two for words of four to eight letters). Upper and lower case are the same.
     *
     * @return nothing where no known word is near
     */
    public static Optional<String> meant(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        Optional<String> longer = known.stream()
                .filter(candidate ->
                        typed.length() >= SHORTEST_BEGINNING && lower(candidate).startsWith(typed))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        int most = typed.length() <= SHORTEST_BEGINNING ? 1 : Math.max(2, typed.length() / 3);
        return longer.or(() -> known.stream()
                .filter(candidate -> edits(typed, lower(candidate)) <= most)
                .min(Comparator.<String>comparingInt(candidate -> edits(typed, lower(candidate)))
                        .thenComparingInt(candidate -> distance(typed, lower(candidate)))
                        .thenComparing(Comparator.naturalOrder())));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

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
