package io.heimdall.pipeline.report;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much louder each station hears than the mean one, by least squares: the level of a station in a session is the power of the
 * transmitter plus the gain of the station less {@code 10 n log10} of the distance, with one exponent {@code n} for all. The gains
 * add up to 0. Shadowing of single paths is in the gain of a station that has heard few places.
 */
final class StationGains {
    /** Of fewer levels a gain would be no more than the shadowing of some paths. */
    private static final int FEWEST = 6;

    private static final int ROUNDS = 60;
    private static final double NEAREST_M = 100;

    private final Map<String, Double> gains = new HashMap<>();
    private final Map<String, Double> drifts = new HashMap<>();

    private record Level(int session, String station, double decibels, double logDistance, Optional<Instant> time) {}

    private StationGains() {}

    /** Estimates the gains of the stations of sessions; those of an unknown source do not count. */
    static StationGains of(List<Session> sessions) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            levels.addAll(levels(i, sessions.get(i)));
        }
        StationGains gains = new StationGains();
        if (!levels.isEmpty()) {
            gains.fit(levels);
        }
        return gains;
    }

    private static List<Level> levels(int number, Session session) {
        List<Measurement> heard = session.measurements().stream()
                .filter(measurement -> measurement.levelDb().isPresent())
                .toList();
        if (session.source().isEmpty() || heard.size() < 2) {
            return List.of();
        }
        GeoPoint source = session.source().get();
        return heard.stream()
                .map(m -> new Level(
                        number,
                        m.station().name(),
                        m.levelDb().getAsDouble(),
                        10
                                * Math.log10(Math.max(
                                        NEAREST_M,
                                        source.distanceMetres(m.station().position()))),
                        m.startTime().or(session::start)))
                .toList();
    }

    private void fit(List<Level> levels) {
        double[] decibels = levels.stream().mapToDouble(Level::decibels).toArray();
        double[] distances = levels.stream().mapToDouble(Level::logDistance).toArray();
        double[] level = centred(levels, decibels);
        double[] far = centred(levels, distances);
        double squares = 0;
        double product = 0;
        for (int i = 0; i < level.length; i++) {
            squares += far[i] * far[i];
            product += far[i] * level[i];
        }
        double slope = squares < 1e-6 ? 0 : product / squares;
        double[] free = new double[level.length];
        double[] left = new double[level.length];
        for (int i = 0; i < free.length; i++) {
            free[i] = decibels[i] - slope * distances[i];
            left[i] = level[i] - slope * far[i];
        }
        double[] rest = centred(levels, free);
        Map<String, List<Integer>> own = new HashMap<>();
        for (int i = 0; i < free.length; i++) {
            own.computeIfAbsent(levels.get(i).station(), name -> new ArrayList<>())
                    .add(i);
        }
        Map<String, Double> relative = relative(levels, free, rest);
        own.forEach((name, list) -> {
            drifts.put(name, drift(list, levels, left));
            if (list.size() >= FEWEST && relative.containsKey(name) && relative.size() > 1) {
                gains.put(name, relative.get(name));
            }
        });
        double mean =
                gains.values().stream().mapToDouble(gain -> gain).average().orElse(0);
        gains.replaceAll((name, gain) -> gain - mean);
    }

    /** Takes the means of sessions and of stations off, in turns. */
    private static double[] centred(List<Level> levels, double[] values) {
        double[] left = values.clone();
        for (int round = 0; round < ROUNDS; round++) {
            takeMeansOff(levels.stream().map(Level::session).toList(), left);
            takeMeansOff(levels.stream().map(Level::station).toList(), left);
        }
        return left;
    }

    private static void takeMeansOff(List<?> groups, double[] values) {
        Map<Object, double[]> sums = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            double[] sum = sums.computeIfAbsent(groups.get(i), group -> new double[2]);
            sum[0] += values[i];
            sum[1]++;
        }
        for (int i = 0; i < values.length; i++) {
            double[] sum = sums.get(groups.get(i));
            values[i] -= sum[0] / sum[1];
        }
    }

    /** What is explained is a power and a gain: tells one from the other along the stations that sessions share, from the first one. */
    private static Map<String, Double> relative(List<Level> levels, double[] free, double[] rest) {
        Map<Integer, Double> powers = new HashMap<>();
        Map<String, Double> gain = new HashMap<>(Map.of(levels.get(0).station(), 0.0));
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < free.length; i++) {
                Level level = levels.get(i);
                double explained = free[i] - rest[i];
                boolean power = powers.containsKey(level.session());
                boolean known = gain.containsKey(level.station());
                if (known && !power) {
                    powers.put(level.session(), explained - gain.get(level.station()));
                } else if (power && !known) {
                    gain.put(level.station(), explained - powers.get(level.session()));
                }
                more |= power != known;
            }
        }
        return gain;
    }

    private static double drift(List<Integer> own, List<Level> levels, double[] left) {
        List<Integer> timed = own.stream()
                .filter(i -> levels.get(i).time().isPresent())
                .sorted(Comparator.comparing(i -> levels.get(i).time().orElseThrow()))
                .toList();
        int third = timed.size() / 3;
        if (third < FEWEST) {
            return Double.NaN;
        }
        return mean(timed.subList(timed.size() - third, timed.size()), left) - mean(timed.subList(0, third), left);
    }

    private static double mean(List<Integer> some, double[] values) {
        return some.stream().mapToDouble(i -> values[i]).average().orElseThrow();
    }

    /** Returns how much louder a station hears than the mean one, decibels; NaN where that cannot be told. */
    double gainDb(String station) {
        return gains.getOrDefault(station, Double.NaN);
    }

    /** Returns its gain in the last third of its sessions less that in the first, decibels; NaN where that cannot be told. */
    double driftDb(String station) {
        return drifts.getOrDefault(station, Double.NaN);
    }
}
