package io.heimdall.pipeline.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws sessions of one set of stations, and candidates for their places. */
final class SessionDraws {
    /** Of a set whose stations hear fewer of its sessions than one in a hundred, fewer are drawn than were wanted. */
    private static final int MOST_TRIES = 100;

    private final FittedWorld world;
    private final StationSet stations;
    private final Receivers receivers;
    private final SplittableRandom random;
    private final double[][] lower;
    private final Candidates candidates;

    SessionDraws(FittedWorld world, StationSet stations, Receivers receivers, SplittableRandom random) {
        this.world = world;
        this.stations = stations;
        this.receivers = receivers;
        this.random = random;
        this.lower = new Positive(receivers.covariance()).lower();
        this.candidates = world.candidates(stations, receivers, random);
    }

    /** Returns sessions that were heard: as many, or those among a hundred times as many tries. */
    List<SimulatedSession> draw(int count, int places) {
        List<SimulatedSession> sessions = new ArrayList<>(count);
        for (int tries = 0; sessions.size() < count && tries < MOST_TRIES * count; tries++) {
            double[] levels = levelsAt(tries % Candidates.COUNT);
            boolean[] heard = heard(levels);
            if (any(heard)) {
                sessions.add(session(levels, heard, places));
            }
        }
        return sessions;
    }

    /** Returns the levels of a session that was heard, if there is one among a hundred tries. */
    Optional<DrawnSession> levels(int set) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            double[] levels = levelsAt(tries);
            boolean[] heard = heard(levels);
            if (any(heard)) {
                Optional<MeanPowers> shape = world.shapes().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                world.shapes().get(random.nextInt(world.shapes().size())));
                return Optional.of(
                        new DrawnSession(set, candidates.eastM(tries), candidates.northM(tries), levels, heard, shape));
            }
        }
        return Optional.empty();
    }

    private double[] levelsAt(int candidate) {
        double[] noise = new double[stations.size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextGaussian();
        }
        return candidates.levels(candidate, Candidates.product(lower, noise));
    }

    private boolean[] heard(double[] levels) {
        boolean[] heard = new boolean[levels.length];
        for (int i = 0; i < levels.length; i++) {
            boolean works = random.nextDouble() >= receivers.dropOut()[i];
            heard[i] = works && levels[i] >= receivers.thresholds()[i];
        }
        return heard;
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private SimulatedSession session(double[] levels, boolean[] heard, int places) {
        float[][] statistics = statistics(levels, heard);
        int[] drawn = drawn(levels, places);
        double[] east = new double[places];
        double[] north = new double[places];
        for (int j = 0; j < places; j++) {
            east[j] = candidates.eastM(drawn[j]);
            north[j] = candidates.northM(drawn[j]);
        }
        return new SimulatedSession(stations, heard, statistics, east, north);
    }

    private float[][] statistics(double[] levels, boolean[] heard) {
        int shape = world.shapes().isEmpty() ? 0 : random.nextInt(world.shapes().size());
        float[][] statistics = new float[heard.length][];
        for (int i = 0; i < heard.length; i++) {
            if (!heard[i]) {
                statistics[i] = new float[0];
            } else if (isRecorded(receivers.recorded()[i])) {
                statistics[i] = world.statistics(
                        world.shapes().get(shape), levels[i], receivers.noise()[i], random);
            } else {
                statistics[i] = new float[] {(float) levels[i]};
            }
        }
        return statistics;
    }

    private boolean isRecorded(double share) {
        return share == 1 || (share > 0 && random.nextDouble() < share);
    }

    /** Draws candidates by the likelihood of all levels: a sum over them is cut into equal parts, and each part has one draw. */
    private int[] drawn(double[] levels, int places) {
        double[] sums = candidates.logLikelihoods(levels);
        double largest = Arrays.stream(sums).max().orElseThrow();
        double sum = 0;
        for (int m = 0; m < sums.length; m++) {
            sum += Math.exp(sums[m] - largest);
            sums[m] = sum;
        }
        int[] drawn = new int[places];
        int at = 0;
        for (int j = 0; j < places; j++) {
            double mark = (j + random.nextDouble()) / places * sum;
            while (at < sums.length - 1 && sums[at] < mark) {
                at++;
            }
            drawn[j] = at;
        }
        return drawn;
    }
}
