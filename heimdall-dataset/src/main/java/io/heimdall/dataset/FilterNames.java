package io.heimdall.dataset;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Holds what a filter names against what a catalogue has: a name that is mistyped is no reason to select nothing. */
final class FilterNames {

    private FilterNames() {}

    static void checkDataset(String name, List<String> known) {
        if (!known.contains(name)) {
            throw unknown("training dataset '" + name + "'", known, "none; Heimdall's own database keeps them");
        }
    }

    static void checkStations(Set<String> names, List<Station> stations) {
        List<String> known = stations.stream().map(Station::name).toList();
        Set<String> missing = new TreeSet<>(names);
        known.forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw unknown("station '" + String.join("', '", missing) + "'", known, "none");
        }
    }

    /**
     * Checks that sessions are training data.
     *
     * @param trainingData gives the training data that a filter lets through
     * @param session gives any session by its id
     */
    static void checkSessions(
            Set<String> ids,
            Function<SessionFilter, Stream<Session>> trainingData,
            Function<String, Optional<Session>> session) {
        TreeSet<String> missing = new TreeSet<>(ids);
        try (Stream<Session> named = trainingData.apply(SessionFilter.all().withSessions(ids))) {
            named.map(Session::id).forEach(missing::remove);
        }
        if (missing.isEmpty()) {
            return;
        }
        String id = missing.first();
        String named = "session '" + id + "'"
                + (missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more of " + ids.size() + ")");
        Optional<Session> there = session.apply(id);
        if (there.isPresent()) {
            throw new IllegalArgumentException(named + " is no training data: "
                    + (there.get().approved() ? "the position of its source is not known" : "it is not approved"));
        }
        try (Stream<Session> all = trainingData.apply(SessionFilter.all())) {
            throw unknown(named, all.map(Session::id).toList(), "no training data");
        }
    }

    private static IllegalArgumentException unknown(String what, List<String> known, String nothing) {
        return new IllegalArgumentException(
                "there is no " + what + "; the catalogue has " + (known.isEmpty() ? nothing : NameList.of(known)));
    }
}
