package io.heimdall.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Groups messages by their cause, so that each cause is reported once. */
public final class Causes {
    private static final int NAMED = 5;

    private Causes() {}

    /**
     * Returns things by the cause that their messages tell, in the order in which the causes appear.
     *
     * @param message of a thing
     * @return at least one thing a list
     */
    public static <T> Collection<List<T>> groups(Collection<T> things, Function<T, String> message) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        for (T thing : things) {
            groups.computeIfAbsent(cause(message.apply(thing)), none -> new ArrayList<>())
                    .add(thing);
        }
        return groups.values();
    }

    /**
     * Returns what remains of a message without quoted texts, names of files and objects, and numbers. Names may have blanks in
     * them: what begins like one goes away up to the next colon or comma, which messages put behind names.
     */
    private static String cause(String message) {
        return message.replaceAll("'[^']*'", "''")
                .replaceAll("\\S*[/\\\\][^:,]*", "/")
                .replaceAll("[-+]?\\d+([.,:]\\d+)*(e[-+]?\\d+)?", "0");
    }

    /** Returns the first few of some names, and a sign that there are more: {@code 3, 4, 5, 6, 7, ...}. */
    public static String named(List<?> names) {
        List<String> first = names.stream().limit(NAMED).map(String::valueOf).toList();
        return String.join(", ", first) + (names.size() > NAMED ? ", ..." : "");
    }
}
