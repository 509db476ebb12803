package io.heimdall.pipeline.world;

import io.heimdall.pipeline.EvenSample;
import io.heimdall.simulation.StandardNormal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The posterior of a transmitter's place by Bayes' rule, under a law of levels that is fitted to training sessions.
 *
 * <p>Heard levels have the joint normal density of the law. A silent station in service dropped out, or its level was
 * below its threshold. Levels of silent stations are correlated with heard levels, and given these, independent of
 * each other. {@link Robustness}, which weakens the law, is chosen on training sessions.
 *
 * <p>Immutable and thread-safe.
 */
public final class LevelPosterior {
    private static final long SEED = 1;

    /** As many sessions choose how far a law is trusted; for a map they are of every fifth group, which it is not shown then. */
    private static final int TRIED = 150;

    private static final int FOLDS = 5;

    private static final double LEAST_LOG_MASS = -40;

    private final LawFit fit;
    private final LevelLaw law;
    private final double nearestM;
    private final PlaceGrid grid;
    private final Deviations deviations;
    private final Robustness robustness;

    private LevelPosterior(LawFit fit, double nearestM, PlaceGrid grid, Deviations deviations, Robustness robustness) {
        this.robustness = robustness;
        this.fit = fit;
        this.law = fit.law();
        this.nearestM = nearestM;
        this.grid = grid;
        this.deviations = deviations;
    }

    /**
     * Fits the law.
     *
     * @param sessions of training
     * @param stations number of the stations in all of them
     * @param scaleM deviation of the places
     * @param grid of places
     * @throws io.heimdall.pipeline.PipelineException if the sessions show no law
     */
    public static LevelPosterior fit(List<RecordedSession> sessions, int stations, double scaleM, PlaceGrid grid) {
        LevelFit levels = new LevelFit(sessions, stations, scaleM);
        return of(levels.law(SEED), levels.nearestM(), grid, sessions);
    }

    static LevelPosterior of(LawFit fit, double nearestM, PlaceGrid grid, List<RecordedSession> sessions) {
        LevelPosterior law =
                new LevelPosterior(fit, nearestM, grid, Deviations.of(fit.law(), grid.cells()), Robustness.NONE);
        return law.with(law.trust(EvenSample.of(sessions, TRIED)).robustness());
    }

    private LevelPosterior with(Robustness other) {
        return new LevelPosterior(fit, nearestM, grid, deviations, other);
    }

    private LevelPosterior with(Deviations others) {
        return new LevelPosterior(fit, nearestM, grid, others, Robustness.NONE);
    }

    /**
     * Returns the posterior with a map of what this law does not explain.
     *
     * @param sessions that the law was fitted to
     * @param groups of the sessions
     * @param scaleM deviation of the places
     */
    public LevelPosterior withMap(List<RecordedSession> sessions, int[] groups, double scaleM) {
        return new MapFit(sessions, groups, scaleM, 1).whole();
    }

    /** Returns the posterior with a map, if that gives places of groups that it was not shown a higher density than this one. */
    Optional<LevelPosterior> withBetterMap(List<RecordedSession> sessions, int[] groups, double scaleM) {
        MapFit map = new MapFit(sessions, groups, scaleM, FOLDS);
        return map.trust.logMass() > trust(map.hidden).logMass() ? Optional.of(map.whole()) : Optional.empty();
    }

    MapOfLevels map() {
        return MapOfLevels.of(grid, deviations, robustness);
    }

    /** A map, and how far it is trusted after sessions of groups that it is not shown. */
    private final class MapFit {
        private final RadioMap map;
        private final List<RecordedSession> hidden = new ArrayList<>();
        private final Trust trust;

        /** Hides the first folds of the groups, one after the other. */
        MapFit(List<RecordedSession> sessions, int[] groups, double scaleM, int folds) {
            map = new RadioMap(sessions, groups, fit, scaleM);
            List<double[]> masses = new ArrayList<>();
            for (int fold = 0; fold < folds; fold++) {
                int number = fold;
                IntPredicate held = group -> group % FOLDS == number;
                List<RecordedSession> some = EvenSample.of(
                        IntStream.range(0, groups.length)
                                .filter(s -> held.test(groups[s]))
                                .mapToObj(sessions::get)
                                .toList(),
                        TRIED);
                masses.addAll(with(map.over(grid, held)).logMasses(some));
                hidden.addAll(some);
            }
            trust = Trust.after(masses);
        }

        LevelPosterior whole() {
            return with(map.over(grid, group -> false)).with(trust.robustness());
        }
    }

    /**
     * How far a law is trusted.
     *
     * @param logMass logarithms of the probability of the cells of known places, summed
     */
    private record Trust(Robustness robustness, double logMass) {
        /** Returns that by which known places have the highest density; of each session it has been computed for all there are. */
        static Trust after(List<double[]> logMasses) {
            Trust best = new Trust(Robustness.NONE, Double.NEGATIVE_INFINITY);
            List<Robustness> all = Robustness.all();
            for (int k = 0; k < all.size(); k++) {
                int candidate = k;
                double sum = logMasses.stream()
                        .mapToDouble(masses -> masses[candidate])
                        .sum();
                best = sum > best.logMass() ? new Trust(all.get(k), sum) : best;
            }
            return best;
        }
    }

    /** Returns the posterior under another law of the same stations. */
    LevelPosterior withLaw(LevelLaw other) {
        return new LevelPosterior(
                new LawFit(other, fit.completed()),
                nearestM,
                grid,
                Deviations.of(other, grid.cells()),
                Robustness.NONE);
    }

    private Trust trust(List<RecordedSession> sessions) {
        return Trust.after(logMasses(sessions));
    }

    private List<double[]> logMasses(List<RecordedSession> sessions) {
        List<Robustness> candidates = Robustness.all();
        return sessions.stream()
                .parallel()
                .map(session -> logMasses(session, candidates))
                .toList();
    }

    /** A place that is ruled out counts for much, but not for everything: it may be wrong. */
    private double[] logMasses(RecordedSession session, List<Robustness> candidates) {
        LevelEvidence evidence = evidence(session);
        int cell = grid.cell(session.eastM(), session.northM());
        return candidates.stream()
                .mapToDouble(candidate ->
                        cell < 0 ? LEAST_LOG_MASS : Math.max(LEAST_LOG_MASS, evidence.logMass(grid, candidate, cell)))
                .toArray();
    }

    /** Returns the posterior of a session; its place is not looked at. */
    public PlacePosterior of(RecordedSession session) {
        return evidence(session).posterior(grid, robustness);
    }

    private LevelEvidence evidence(RecordedSession session) {
        int[] indices = indices(session, true);
        Heard heard = new Heard(session, indices);
        List<Silent> silent = IntStream.of(indices(session, false))
                .mapToObj(i -> new Silent(session, i, heard))
                .toList();
        double[] squares = new double[grid.cells()];
        double[] rest = new double[grid.cells()];
        for (int c = 0; c < rest.length; c++) {
            double[] standard = heard.standard(c);
            squares[c] = heard.squares(standard);
            rest[c] = -heard.logDeviations(c);
            for (Silent silence : silent) {
                rest[c] += Math.log(silence.probability(c, standard));
            }
        }
        return new LevelEvidence(indices.length, squares, rest);
    }

    private static int[] indices(RecordedSession session, boolean heard) {
        return IntStream.range(0, session.stations().size())
                .filter(i -> session.received().get(i).heard() == heard)
                .toArray();
    }

    private double expected(RecordedSession session, int i, int cell) {
        StationSet set = session.stations();
        int station = set.numbers()[i];
        return law.expected(station, grid.eastM(cell) - set.eastM()[i], grid.northM(cell) - set.northM()[i], nearestM)
                + deviations.mean()[cell][station];
    }

    /** The levels of a session. */
    private final class Heard {
        private final RecordedSession session;
        private final int[] heard;
        private final int[] stations;
        private final double[][] whitening;
        private final double[][] precision;

        Heard(RecordedSession session, int[] heard) {
            this.session = session;
            this.heard = heard;
            this.stations = IntStream.of(heard)
                    .map(i -> session.stations().numbers()[i])
                    .toArray();
            double[][] correlation = new double[heard.length][];
            for (int a = 0; a < heard.length; a++) {
                double[] row = deviations.correlation()[stations[a]];
                correlation[a] = IntStream.of(stations).mapToDouble(b -> row[b]).toArray();
            }
            whitening = heard.length == 0 ? correlation : new Positive(correlation).whitening();
            precision = heard.length == 0 ? correlation : new Positive(correlation).inverse();
        }

        double[] standard(int cell) {
            double[] standard = new double[heard.length];
            for (int a = 0; a < heard.length; a++) {
                standard[a] = (session.received().get(heard[a]).levelDb(0) - expected(session, heard[a], cell))
                        / deviations.deviation()[cell][stations[a]];
            }
            return standard;
        }

        double squares(double[] standard) {
            double squares = 0;
            for (int a = 0; a < standard.length; a++) {
                double white = 0;
                for (int b = 0; b <= a; b++) {
                    white += whitening[a][b] * standard[b];
                }
                squares += white * white;
            }
            return squares;
        }

        double logDeviations(int cell) {
            double sum = 0;
            for (int station : stations) {
                sum += deviations.logDeviation()[cell][station];
            }
            return sum;
        }
    }

    /** A station that heard nothing. */
    private final class Silent {
        private final RecordedSession session;
        private final int index;
        private final int station;
        private final double[] weights;
        private final double deviation;

        Silent(RecordedSession session, int index, Heard levels) {
            this.session = session;
            this.index = index;
            this.station = session.stations().numbers()[index];
            double[] own = deviations.correlation()[station];
            weights = new double[levels.stations.length];
            double variance = own[station];
            for (int a = 0; a < weights.length; a++) {
                for (int b = 0; b < weights.length; b++) {
                    weights[a] += levels.precision[a][b] * own[levels.stations[b]];
                }
                variance -= weights[a] * own[levels.stations[a]];
            }
            deviation = Math.sqrt(Math.max(1e-6, variance));
        }

        double probability(int cell, double[] standard) {
            double threshold = (law.thresholds()[station] - expected(session, index, cell))
                    / deviations.deviation()[cell][station];
            for (int a = 0; a < weights.length; a++) {
                threshold -= weights[a] * standard[a];
            }
            double off = law.dropOut()[station];
            return off + (1 - off) * StandardNormal.below(threshold / deviation);
        }
    }
}
