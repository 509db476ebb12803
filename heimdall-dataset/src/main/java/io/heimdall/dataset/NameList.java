package io.heimdall.dataset;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a message: in order, and not more than anybody reads. */
final class NameList {
    private static final int MOST = 10;

    private NameList() {}

    static String of(Collection<String> names) {
        String first = names.stream().sorted().limit(MOST).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }
}
