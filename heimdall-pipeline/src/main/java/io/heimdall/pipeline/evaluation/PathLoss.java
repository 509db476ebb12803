package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The log-distance law of a network, fitted by least squares: {@code level = power + gain - 10 n log10(distance)}.
 *
 * @param exponent {@code n}
 * @param gains in decibels by station, their mean 0
 * @param floors the lowest level of each station, decibels
 */
record PathLoss(double exponent, Map<String, Double> gains, Map<String, Double> floors) {
    /** How far above its lowest level a station hears a signal rather than itself, decibels. */
    private static final double NOISE_MARGIN_DB = 1;

    private static final int ROUNDS = 50;
    private static final double NEAREST_M = 100;

    static PathLoss fit(List<Session> training) {
        Map<String, Double> floors = training.stream()
                .flatMap(session -> session.levels().stream())
                .collect(Collectors.toMap(level -> level.station().name(), Level::decibels, Math::min));
        PathLoss law = new PathLoss(3, new HashMap<>(), floors);
        for (int round = 0; round < ROUNDS; round++) {
            law = new PathLoss(law.fittedExponent(training), law.fittedGains(training), floors);
        }
        return law;
    }

    boolean aboveNoise(Level level) {
        double floor = floors.getOrDefault(level.station().name(), Double.NEGATIVE_INFINITY);
        return level.decibels() > floor + NOISE_MARGIN_DB;
    }

    /** Returns a level without distance and gain of its station, decibels; empty for a station without a gain. */
    OptionalDouble residualDb(GeoPoint place, Level level) {
        return gains.containsKey(level.station().name())
                ? OptionalDouble.of(atStation(level) + 10 * exponent * logDistance(place, level))
                : OptionalDouble.empty();
    }

    /** Returns the sum of squared differences between levels and law, the power being the best one; decibels squared. */
    double misfit(GeoPoint place, List<Level> heard) {
        double sum = 0;
        double squares = 0;
        for (Level level : heard) {
            double power = atStation(level) + 10 * exponent * logDistance(place, level);
            sum += power;
            squares += power * power;
        }
        return squares - sum * sum / heard.size();
    }

    /** Returns a level without the station's gain. */
    private double atStation(Level level) {
        return level.decibels() - gains.getOrDefault(level.station().name(), 0.0);
    }

    private static double logDistance(GeoPoint place, Level level) {
        return Math.log10(
                Math.max(NEAREST_M, place.distanceMetres(level.station().position())));
    }

    /** The slope of levels over log-distances, both less their means in each session. */
    private double fittedExponent(List<Session> training) {
        double products = 0;
        double squares = 0;
        for (Session session : training) {
            GeoPoint source = session.source().orElseThrow();
            List<Level> heard =
                    session.levels().stream().filter(this::aboveNoise).toList();
            double meanLevel =
                    heard.stream().mapToDouble(this::atStation).average().orElse(0);
            double meanLog = heard.stream()
                    .mapToDouble(level -> logDistance(source, level))
                    .average()
                    .orElse(0);
            for (Level level : heard) {
                double log = logDistance(source, level) - meanLog;
                products += log * (atStation(level) - meanLevel);
                squares += log * log;
            }
        }
        // Data of a single place has no slope to show; free space at least is a law.
        return squares < 1e-9 ? 2 : Math.max(1, Math.min(6, -products / squares / 10));
    }

    private Map<String, Double> fittedGains(List<Session> training) {
        Map<String, double[]> sums = new HashMap<>();
        for (Session session : training) {
            GeoPoint source = session.source().orElseThrow();
            List<Level> heard =
                    session.levels().stream().filter(this::aboveNoise).toList();
            double power = heard.stream()
                    .mapToDouble(level -> atStation(level) + 10 * exponent * logDistance(source, level))
                    .average()
                    .orElse(0);
            for (Level level : heard) {
                double[] sum = sums.computeIfAbsent(level.station().name(), s -> new double[2]);
                sum[0] += level.decibels() + 10 * exponent * logDistance(source, level) - power;
                sum[1]++;
            }
        }
        Map<String, Double> fitted = new HashMap<>();
        sums.forEach((station, sum) -> fitted.put(station, sum[0] / sum[1]));
        double mean =
                fitted.values().stream().mapToDouble(gain -> gain).average().orElse(0);
        fitted.replaceAll((station, gain) -> gain - mean);
        return fitted;
    }
}
