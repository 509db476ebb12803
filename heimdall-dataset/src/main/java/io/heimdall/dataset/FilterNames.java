package io.heimdall.dataset;

import io.heimdall.files.SettingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds what a filter names against what a catalogue has: a name that is mistyped is no reason to select nothing. */
final class FilterNames {
    private static final String SESSION = "session";

    private FilterNames() {}

    static void check(RecordingCatalog catalog, SessionFilter filter) {
        filter.trainingDataset().ifPresent(name -> checkDataset(catalog, name));
        if (!filter.stations().isEmpty()) {
            checkStations(catalog, filter.stations());
        }
        if (!filter.sessionIds().isEmpty()) {
            checkSessions(catalog, filter.sessionIds());
        }
    }

    static void checkDataset(RecordingCatalog catalog, String name) {
        List<String> known = catalog.trainingDatasets();
        if (!known.contains(name)) {
            throw unknown(
                    "training-dataset",
                    "training dataset '" + name + "'",
                    known,
                    "none; Heimdall's own database keeps them");
        }
    }

    private static void checkStations(RecordingCatalog catalog, Set<String> names) {
        List<String> known = catalog.stations().stream().map(Station::name).toList();
        Set<String> missing = new TreeSet<>(names);
        known.forEach(missing::remove);
        if (!missing.isEmpty()) {
            throw unknown("station", "station '" + String.join("', '", missing) + "'", known, "none");
        }
    }

    private static void checkSessions(RecordingCatalog catalog, Set<String> ids) {
        TreeSet<String> missing = new TreeSet<>(ids);
        try (Stream<Session> named = catalog.sessions(SessionFilter.all().withSessions(ids))) {
            named.map(Session::id).forEach(missing::remove);
        }
        if (missing.isEmpty()) {
            return;
        }
        String id = missing.first();
        String named = "session '" + id + "'"
                + (missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more of " + ids.size() + ")");
        Optional<Session> there = catalog.session(id);
        if (there.isPresent()) {
            throw new SettingException(
                    named + " is no training data: "
                            + (there.get().approved()
                                    ? "the position of its source is not known"
                                    : "it is not approved"),
                    SESSION);
        }
        try (Stream<Session> all = catalog.sessions()) {
            throw unknown(SESSION, named, all.map(Session::id).toList(), "no training data");
        }
    }

    private static SettingException unknown(String setting, String what, List<String> known, String nothing) {
        return new SettingException(
                "there is no " + what + "; the catalogue has " + (known.isEmpty() ? nothing : NameList.of(known)),
                setting);
    }
}
