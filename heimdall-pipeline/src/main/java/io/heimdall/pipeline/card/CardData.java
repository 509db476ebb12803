package io.heimdall.pipeline.card;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.metrics.Quantiles;
import io.heimdall.pipeline.data.FilterFields;
import io.heimdall.pipeline.data.SplitSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sections of a model card on the data.
 *
 * @param splits as each member of the model sees the sessions
 * @param learned sessions of all training sides, each once
 * @param simulated whether they are from a simulated world
 */
record CardData(List<SplitSessions> splits, List<Session> learned, boolean simulated) {
    private static final int FEW_GROUPS = 20;

    static CardData of(List<SplitSessions> splits, boolean simulated) {
        Map<String, Session> learned = new LinkedHashMap<>();
        splits.stream()
                .flatMap(split -> split.training().stream())
                .forEach(session -> learned.putIfAbsent(session.id(), session));
        return new CardData(splits, List.copyOf(learned.values()), simulated);
    }

    CardSection section(ModelDescription description) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("fingerprint", description.extra().getOrDefault("dataset_fingerprint", "unknown"));
        facts.put("origin", simulated ? "a simulated world" : "recorded or measured");
        facts.put("sessions learned from", Integer.toString(learned.size()));
        facts.put("groups", Long.toString(groups()));
        facts.put("measurements", Long.toString(measurements().count()));
        facts.put(
                "of these recordings",
                Long.toString(
                        measurements().filter(one -> one.recorded().isPresent()).count()));
        List<Instant> starts = learned.stream()
                .flatMap(session -> session.start().stream())
                .sorted()
                .toList();
        facts.put("dates", starts.isEmpty() ? "unknown" : starts.get(0) + " to " + starts.get(starts.size() - 1));
        facts.put("region", region());
        facts.put("frequencies", frequencies());
        facts.put("filter", description.extra().getOrDefault(FilterFields.METADATA, "none"));
        return CardSection.facts("Data", facts);
    }

    private long groups() {
        return learned.stream()
                .map(session -> splits.get(0).rule().groupBy().groupOf(session))
                .distinct()
                .count();
    }

    private Stream<Measurement> measurements() {
        return learned.stream().flatMap(session -> session.measurements().stream());
    }

    private String region() {
        List<GeoPoint> places =
                learned.stream().flatMap(session -> session.source().stream()).toList();
        double[] latitudes =
                places.stream().mapToDouble(GeoPoint::latitude).sorted().toArray();
        double[] longitudes =
                places.stream().mapToDouble(GeoPoint::longitude).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "latitude %.4f to %.4f, longitude %.4f to %.4f",
                latitudes[0],
                latitudes[latitudes.length - 1],
                longitudes[0],
                longitudes[longitudes.length - 1]);
    }

    /** Returns the frequencies by whole 10 MHz, as a histogram in words. */
    private String frequencies() {
        LongSummaryStatistics ends =
                learned.stream().mapToLong(Session::frequencyHz).summaryStatistics();
        Map<Long, Long> bands = learned.stream()
                .collect(Collectors.groupingBy(
                        session -> session.frequencyHz() / 10_000_000, TreeMap::new, Collectors.counting()));
        return String.format(Locale.ROOT, "%.4f to %.4f MHz", ends.getMin() / 1e6, ends.getMax() / 1e6)
                + bands.entrySet().stream()
                        .map(band -> 10 * band.getKey() + "-" + (10 * band.getKey() + 10) + " MHz: " + band.getValue())
                        .collect(Collectors.joining(", ", " (sessions in ", ")"));
    }

    CardSection split() {
        SplitSessions first = splits.get(0);
        String sides = first.rule() instanceof FoldRule folds
                ? folds.folds() + " members, each of which learns outside of its fold and is judged on it"
                : first.training().size() + " sessions learned from, "
                        + first.validation().size() + " to stop and to calibrate, "
                        + first.test().size() + " to judge";
        return CardSection.text(
                "Split",
                List.of(
                        "Rule: " + first.rule().canonical() + ". Sessions of one "
                                + first.rule().groupBy().name().toLowerCase(Locale.ROOT) + " stay on one side.",
                        sides + "."));
    }

    CardSection stationTable() {
        Map<String, List<Double>> levels = new TreeMap<>();
        Map<String, Station> stations = new TreeMap<>();
        measurements().forEach(one -> stations.putIfAbsent(one.station().name(), one.station()));
        learned.stream()
                .flatMap(session -> session.levels().stream())
                .forEach(level -> levels.computeIfAbsent(level.station().name(), name -> new ArrayList<>())
                        .add(level.decibels()));
        Map<String, Long> heard = measurements()
                .filter(one -> !one.isSilence())
                .collect(Collectors.groupingBy(one -> one.station().name(), Collectors.counting()));
        List<List<String>> rows = stations.values().stream()
                .map(station -> List.of(
                        station.name(),
                        String.format(Locale.ROOT, "%.5f", station.position().latitude()),
                        String.format(Locale.ROOT, "%.5f", station.position().longitude()),
                        Long.toString(heard.getOrDefault(station.name(), 0L)),
                        levels.containsKey(station.name()) ? median(levels.get(station.name())) : ""))
                .toList();
        return new CardSection(
                "Stations",
                List.of("Stations that move are listed where they stood first."),
                List.of("station", "latitude", "longitude", "sessions heard", "median level"),
                rows);
    }

    private static String median(List<Double> levels) {
        return String.format(
                Locale.ROOT,
                "%.1f dB",
                Quantiles.of(levels.stream().mapToDouble(db -> db).toArray(), 0.5));
    }

    CardSection limits(boolean judged) {
        List<String> limits = new ArrayList<>();
        limits.add(
                "Transmitters outside of the region above are drawn towards it: the density knows no places that the training did not"
                        + " have.");
        limits.add(
                "Levels carry the position. A station whose gain changes after the training misleads the model; 'heimdall compare"
                        + " --since' shows the loss on later sessions.");
        limits.add(
                "Stations that the table above lacks are read as unseen ones by a set network, and ignored by a channel network.");
        if (simulated) {
            limits.add("The sessions are simulated. The errors say nothing of recorded transmissions.");
        }
        if (groups() < FEW_GROUPS) {
            limits.add("The model has learned from " + groups()
                    + " groups only: it may know these places better than others.");
        }
        if (!judged) {
            limits.add("The test split has no session: the errors of the model are not known.");
        }
        return CardSection.text("Limits", limits);
    }
}
