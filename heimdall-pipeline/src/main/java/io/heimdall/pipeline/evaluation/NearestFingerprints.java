package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.metrics.Quantiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The k-NN method: the mean position of the {@code k} training sessions with the most similar levels.
 *
 * <p>A fingerprint is the levels of all stations, less their mean, since the transmitter's power is unknown. A silent
 * station has the lowest level that it had in training. Neighbours are weighted by the inverse of their distance in
 * decibels. {@code k} has the smallest median error on the training split, with sessions of the same group left out,
 * since evaluated sessions have no neighbours of their own group either.
 *
 * @see <a href="https://doi.org/10.1109/INFCOM.2000.832252">Bahl and Padmanabhan, RADAR, 2000</a>
 */
public final class NearestFingerprints implements LevelMethod {
    private static final int[] CANDIDATES = {1, 2, 3, 5, 8, 12, 20, 30};

    /** So many sessions are enough to choose k by. */
    private static final int TRIED = 400;

    private final Map<String, Double> floors;
    private final List<Session> training;
    private final double[][] fingerprints;
    private final GroupBy groupBy;
    private final List<String> groups;
    private final int neighbours;

    private NearestFingerprints(
            Map<String, Double> floors,
            List<Session> training,
            double[][] fingerprints,
            GroupBy groupBy,
            List<String> groups,
            int neighbours) {
        this.floors = floors;
        this.training = training;
        this.fingerprints = fingerprints;
        this.groupBy = groupBy;
        this.groups = groups;
        this.neighbours = neighbours;
    }

    /** Keeps the training sessions and chooses {@code k}. */
    public static NearestFingerprints fit(List<Session> training, GroupBy groupBy) {
        List<String> groups = training.stream().map(groupBy::groupOf).toList();
        Map<String, Double> floors = training.stream()
                .flatMap(session -> session.levels().stream())
                .collect(Collectors.toMap(level -> level.station().name(), Level::decibels, Math::min));
        double[][] fingerprints =
                training.stream().map(session -> fingerprint(session, floors)).toArray(double[][]::new);
        int stride = Math.max(1, training.size() / TRIED);
        List<Session> tried = IntStream.range(0, training.size())
                .filter(i -> i % stride == 0)
                .mapToObj(training::get)
                .toList();
        int[] candidates = IntStream.of(CANDIDATES)
                .filter(k -> k == 1 || k < training.size())
                .toArray();
        int most = candidates[candidates.length - 1];
        var widest = new NearestFingerprints(floors, training, fingerprints, groupBy, groups, most);
        List<Neighbours> found = tried.parallelStream().map(widest::neighbours).toList();
        int best = IntStream.of(candidates)
                .boxed()
                .min(Comparator.comparingDouble(k -> widest.medianError(tried, found, k)))
                .orElseThrow();
        return new NearestFingerprints(floors, training, fingerprints, groupBy, groups, best);
    }

    private double medianError(List<Session> tried, List<Neighbours> found, int k) {
        double[] errors = IntStream.range(0, tried.size())
                .mapToDouble(i -> Answer.distance(
                        tried.get(i).source().orElseThrow(), mean(found.get(i).first(k))))
                .toArray();
        return Quantiles.of(errors, 0.5);
    }

    private static double[] fingerprint(Session session, Map<String, Double> floors) {
        Map<String, Double> levels = session.levels().stream()
                .collect(Collectors.toMap(level -> level.station().name(), Level::decibels));
        double[] fingerprint = floors.keySet().stream()
                .sorted()
                .mapToDouble(station -> levels.getOrDefault(station, floors.get(station)))
                .toArray();
        double mean = Arrays.stream(fingerprint).average().orElse(0);
        return Arrays.stream(fingerprint).map(level -> level - mean).toArray();
    }

    @Override
    public String id() {
        return "knn";
    }

    @Override
    public String title() {
        return "k-NN fingerprints (k = " + neighbours + ")";
    }

    @Override
    public GeoPoint locate(Session session) {
        return mean(neighbours(session));
    }

    private Neighbours neighbours(Session session) {
        String group = session.source().isPresent() ? groupBy.groupOf(session) : "";
        double[] wanted = fingerprint(session, floors);
        double[] distances = Arrays.stream(fingerprints)
                .mapToDouble(known -> distance(known, wanted))
                .toArray();
        int[] nearest = IntStream.range(0, training.size())
                .filter(i -> !session.id().equals(training.get(i).id())
                        && !groups.get(i).equals(group))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distances[i]))
                .limit(neighbours)
                .mapToInt(Integer::intValue)
                .toArray();
        if (nearest.length == 0) { // all that is known are sessions of this very group
            nearest = new int[] {0};
        }
        return new Neighbours(
                nearest, Arrays.stream(nearest).mapToDouble(i -> distances[i]).toArray());
    }

    /** Training sessions, the most similar one first, with their distances in decibels. */
    private record Neighbours(int[] sessions, double[] distances) {

        Neighbours first(int k) {
            int count = Math.min(k, sessions.length);
            return new Neighbours(Arrays.copyOf(sessions, count), Arrays.copyOf(distances, count));
        }
    }

    private static double distance(double[] one, double[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(squares);
    }

    private GeoPoint mean(Neighbours nearest) {
        double first = place(nearest.sessions[0]).longitude();
        double sum = 0;
        double latitude = 0;
        double longitude = 0;
        for (int i = 0; i < nearest.sessions.length; i++) {
            GeoPoint place = place(nearest.sessions[i]);
            double weight = 1 / (nearest.distances[i] + 0.1);
            sum += weight;
            latitude += weight * place.latitude();
            longitude += weight * Math.IEEEremainder(place.longitude() - first, 360);
        }
        return new GeoPoint(latitude / sum, Math.IEEEremainder(first + longitude / sum, 360));
    }

    private GeoPoint place(int i) {
        return training.get(i).source().orElseThrow();
    }
}
