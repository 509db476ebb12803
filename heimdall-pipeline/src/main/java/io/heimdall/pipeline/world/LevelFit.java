package io.heimdall.pipeline.world;

import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits the law of the levels.
 *
 * @param sessions that it is fitted to
 * @param stations number of the stations in all of them
 * @param planeScaleM deviation of the places, metres
 */
record LevelFit(List<RecordedSession> sessions, int stations, double planeScaleM) {
    /** Fewer sessions show no law. */
    private static final int FEWEST_SESSIONS = 20;

    private static final int FEWEST_STATIONS = 2;

    /** A fit is to take no more than a few minutes. */
    private static final double MOST_PRODUCTS = 2e11;

    /** Of each pair of stations, in each session and round. */
    private static final int PRODUCTS = 3;

    /** Wide signals raise the quietest bands too; a station's noise is what they are in few recordings. */
    private static final double NOISE_QUANTILE = 0.1;

    /** Of the scale of the plane: nearer than this, levels do not go on rising. */
    private static final double NEAREST = 1.0 / 40;

    /** Fits the law above the noise that the sessions show. */
    LawFit law(long seed) {
        check();
        return law(noise(), seed);
    }

    /** Fits the law to levels above a known noise. */
    LawFit law(double[] noise, long seed) {
        LawFit fit = GibbsSampler.fit(table(noise), seed);
        LevelLaw law = fit.law();
        if (!(law.slope() < 0)) {
            throw new PipelineException("levels do not fall with the distance: " + Math.round(10 * law.slope()) / 10.0
                    + " dB a decade in the training sessions");
        }
        return fit;
    }

    /** Returns the distance below which levels do not go on rising. */
    double nearestM() {
        return planeScaleM * NEAREST;
    }

    /**
     * Checks that there are sessions and stations enough, and not too many.
     *
     * @throws PipelineException if not
     */
    void check() {
        check(sessions.size());
        checkStations();
    }

    static void check(int sessions) {
        if (sessions < FEWEST_SESSIONS) {
            throw new PipelineException(
                    sessions + " training sessions, and a world is fitted to at least " + FEWEST_SESSIONS);
        }
    }

    private void checkStations() {
        if (stations < FEWEST_STATIONS) {
            throw new PipelineException(stations + " station, and a world is fitted to at least " + FEWEST_STATIONS);
        }
        int most = (int) Math.sqrt(MOST_PRODUCTS / GibbsSampler.ROUNDS / PRODUCTS / sessions.size());
        if (stations > most) {
            throw new PipelineException(stations + " stations, and a world is fitted to at most " + most + " with "
                    + sessions.size() + " sessions");
        }
    }

    /** Returns the noise of each station, NaN of one that has no recording. */
    double[] noise() {
        List<List<Double>> quiet = new ArrayList<>();
        for (int i = 0; i < stations; i++) {
            quiet.add(new ArrayList<>());
        }
        for (RecordedSession session : sessions) {
            for (int i = 0; i < session.stations().size(); i++) {
                List<Double> ofStation = quiet.get(session.stations().numbers()[i]);
                session.received().get(i).powers().ifPresent(powers -> ofStation.add(powers.quiet()));
            }
        }
        double[] noise = new double[stations];
        for (int i = 0; i < stations; i++) {
            double[] sorted = quiet.get(i).stream().mapToDouble(q -> q).sorted().toArray();
            noise[i] = sorted.length == 0
                    ? Double.NaN
                    : MeanPowers.ALL_OVER_QUIET * sorted[(int) (NOISE_QUANTILE * (sorted.length - 1))];
        }
        return noise;
    }

    private LevelTable table(double[] noise) {
        double[][] levels = new double[sessions.size()][stations];
        double[][] logDistances = new double[sessions.size()][stations];
        Hearing[][] hearing = new Hearing[sessions.size()][stations];
        for (int s = 0; s < sessions.size(); s++) {
            Arrays.fill(hearing[s], Hearing.OFF);
            RecordedSession session = sessions.get(s);
            StationSet set = session.stations();
            for (int i = 0; i < set.size(); i++) {
                int number = set.numbers()[i];
                Received received = session.received().get(i);
                logDistances[s][number] = LevelLaw.logDistance(
                        session.eastM() - set.eastM()[i], session.northM() - set.northM()[i], nearestM());
                hearing[s][number] = received.heard() ? Hearing.HEARD : Hearing.SILENT;
                levels[s][number] = received.levelDb(noise[number]);
            }
        }
        return new LevelTable(levels, logDistances, hearing);
    }
}
