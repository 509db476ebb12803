package io.heimdall.pipeline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws sessions of one set of stations, and candidates for their places. */
final class SessionDraws {
    private static final int CANDIDATES = 1024;
    /** Of a set whose stations hear fewer of its sessions than one in a hundred, fewer are drawn than were wanted. */
    private static final int MOST_TRIES = 100;

    private final FittedWorld world;
    private final StationSet stations;
    private final Receivers receivers;
    private final SplittableRandom random;
    private final double[][] lower;
    private final double[][] whitening;
    private final double[] eastM = new double[CANDIDATES];
    private final double[] northM = new double[CANDIDATES];
    /** The levels to be expected from each candidate, whitened, and half the square of their length. */
    private final double[][] white = new double[CANDIDATES][];

    private final double[] halfSquare = new double[CANDIDATES];

    SessionDraws(FittedWorld world, StationSet stations, Receivers receivers, SplittableRandom random) {
        this.world = world;
        this.stations = stations;
        this.receivers = receivers;
        this.random = random;
        Positive covariance = new Positive(receivers.covariance());
        this.lower = covariance.lower();
        this.whitening = covariance.whitening();
        for (int m = 0; m < CANDIDATES; m++) {
            eastM[m] = world.box().drawEast(random);
            northM[m] = world.box().drawNorth(random);
            white[m] = product(whitening, expected(m));
            halfSquare[m] = dot(white[m], white[m]) / 2;
        }
    }

    private double[] expected(int candidate) {
        double[] levels = new double[stations.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = receivers.levels()[i]
                    + world.law().slope()
                            * LevelLaw.logDistance(
                                    eastM[candidate] - stations.eastM()[i],
                                    northM[candidate] - stations.northM()[i],
                                    world.nearestM());
        }
        return levels;
    }

    /** Returns sessions that were heard: as many, or those among a hundred times as many tries. */
    List<SimulatedSession> draw(int count, int places) {
        List<SimulatedSession> sessions = new ArrayList<>(count);
        for (int tries = 0; sessions.size() < count && tries < MOST_TRIES * count; tries++) {
            double[] levels = levels(tries % CANDIDATES);
            boolean[] heard = heard(levels);
            if (any(heard)) {
                sessions.add(session(levels, heard, places));
            }
        }
        return sessions;
    }

    private double[] levels(int candidate) {
        double[] noise = new double[stations.size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextGaussian();
        }
        double[] levels = expected(candidate);
        double[] deviations = product(lower, noise);
        for (int i = 0; i < levels.length; i++) {
            levels[i] += deviations[i];
        }
        return levels;
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
        int[] drawn = candidates(levels, places);
        double[] east = new double[places];
        double[] north = new double[places];
        for (int j = 0; j < places; j++) {
            east[j] = eastM[drawn[j]];
            north[j] = northM[drawn[j]];
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
    private int[] candidates(double[] levels, int places) {
        double[] seen = product(whitening, levels);
        double[] sums = new double[CANDIDATES];
        double largest = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < CANDIDATES; m++) {
            sums[m] = dot(seen, white[m]) - halfSquare[m];
            largest = Math.max(largest, sums[m]);
        }
        double sum = 0;
        for (int m = 0; m < CANDIDATES; m++) {
            sum += Math.exp(sums[m] - largest);
            sums[m] = sum;
        }
        int[] drawn = new int[places];
        int at = 0;
        for (int j = 0; j < places; j++) {
            double mark = (j + random.nextDouble()) / places * sum;
            while (at < CANDIDATES - 1 && sums[at] < mark) {
                at++;
            }
            drawn[j] = at;
        }
        return drawn;
    }

    private static double[] product(double[][] triangle, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int k = 0; k <= i; k++) {
                product[i] += triangle[i][k] * vector[k];
            }
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
