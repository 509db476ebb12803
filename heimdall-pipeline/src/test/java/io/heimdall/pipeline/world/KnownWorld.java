package io.heimdall.pipeline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A world whose law is known, and recordings made by that law. */
final class KnownWorld {
    static final int STATIONS = 4;
    static final double NEAREST_M = 500;
    static final double SLOPE = -35;
    static final double OWN = 25;
    static final double COMMON = 16;
    static final double DROP_OUT = 0.1;
    static final double[] LEVELS = {-20, -26, -23, -17};
    static final double[] THRESHOLDS = {-80, -75, -72, -78};
    static final double NOISE = 1e-9;
    static final StationSet SET = new StationSet(
            new int[] {0, 1, 2, 3},
            new double[] {-20_000, 25_000, -10_000, 15_000},
            new double[] {-15_000, -20_000, 30_000, 22_000},
            0);
    private static final Box BOX = new Box(-30_000, 30_000, -40_000, 40_000);
    private static final int BANDS = 128;
    private static final int FRAMES = 32;

    private KnownWorld() {}

    static LevelLaw law() {
        double[][] covariance = new double[STATIONS][STATIONS];
        double[] dropOut = new double[STATIONS];
        for (int i = 0; i < STATIONS; i++) {
            java.util.Arrays.fill(covariance[i], COMMON);
            covariance[i][i] += OWN;
            dropOut[i] = DROP_OUT;
        }
        return new LevelLaw(SLOPE, LEVELS, covariance, THRESHOLDS, dropOut, -21.5, 15);
    }

    static FittedWorld world() {
        return world(law(), NOISE);
    }

    static FittedWorld world(LevelLaw law, double noise) {
        return new FittedWorld(
                law,
                new double[] {noise, noise, noise, noise},
                new double[] {1, 1, 1, 1},
                List.of(new MeanPowers(shape(BANDS), shape(FRAMES))),
                List.of(SET),
                BOX,
                NEAREST_M,
                Optional.empty());
    }

    /** Returns a group for each session. */
    static int[] groups(int sessions) {
        return IntStream.range(0, sessions).toArray();
    }

    /** A signal in the middle third. */
    static double[] shape(int length) {
        double[] shape = new double[length];
        for (int i = length / 3; i < 2 * length / 3; i++) {
            shape[i] = length / (double) (2 * length / 3 - length / 3);
        }
        return shape;
    }

    /** Draws recordings by the law, written down here a second time. */
    static List<RecordedSession> sessions(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RecordedSession> sessions = new ArrayList<>();
        while (sessions.size() < count) {
            double east = BOX.drawEast(random);
            double north = BOX.drawNorth(random);
            double power = Math.sqrt(COMMON) * random.nextGaussian();
            List<Received> received = new ArrayList<>();
            boolean any = false;
            for (int i = 0; i < STATIONS; i++) {
                double distance = Math.hypot(east - SET.eastM()[i], north - SET.northM()[i]);
                double level = LEVELS[i]
                        + SLOPE * Math.log10(Math.max(distance, NEAREST_M) / 1000)
                        + power
                        + Math.sqrt(OWN) * random.nextGaussian();
                boolean heard = level >= THRESHOLDS[i] && random.nextDouble() >= DROP_OUT;
                any |= heard;
                received.add(heard ? new Received.Spectrum(recording(level, random)) : new Received.Silence());
            }
            if (any) {
                sessions.add(new RecordedSession(east, north, SET, received));
            }
        }
        return sessions;
    }

    private static MeanPowers recording(double levelDb, SplittableRandom random) {
        return new MeanPowers(
                powers(shape(BANDS), levelDb, 0.15, random), powers(shape(FRAMES), levelDb, 0.08, random));
    }

    private static double[] powers(double[] shape, double levelDb, double scatter, SplittableRandom random) {
        double[] powers = new double[shape.length];
        for (int k = 0; k < powers.length; k++) {
            powers[k] =
                    shape[k] * Math.pow(10, levelDb / 10) + NOISE * Math.max(0.3, 1 + scatter * random.nextGaussian());
        }
        return powers;
    }
}
