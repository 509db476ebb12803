package io.heimdall.pipeline.world;

import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Fits a {@link FittedWorld}: noise and signal shapes from the spectra, then the law of the levels.
 *
 * @param sessions that it is fitted to
 * @param stations number of the stations in all of them
 * @param planeScaleM deviation of the places, metres
 */
record WorldFit(List<RecordedSession> sessions, int stations, double planeScaleM) {
    /** Fewer sessions show no law. */
    private static final int FEWEST_SESSIONS = 20;

    private static final int FEWEST_STATIONS = 2;

    /** A fit is to take no more than a few minutes. */
    private static final double MOST_PRODUCTS = 2e11;

    /** Of each pair of stations, in each session and round. */
    private static final int PRODUCTS = 3;

    /** Wide signals raise the quietest bands too; a station's noise is what they are in few recordings. */
    private static final double NOISE_QUANTILE = 0.1;

    /** Shapes are taken from recordings of at least this ratio of power to noise. */
    private static final double CLEAR = 10;

    /** Of the scale of the plane: nearer than this, levels do not go on rising. */
    private static final double NEAREST = 1.0 / 40;

    FittedWorld world(int[] groups, long seed) {
        check(sessions.size());
        checkStations();
        double[] recorded = recorded();
        double[] noise = noise();
        List<MeanPowers> shapes = shapes(noise);
        if (shapes.isEmpty() && Arrays.stream(recorded).anyMatch(share -> share > 0)) {
            throw new PipelineException("no recording of the training sessions stands out of its noise");
        }
        LawFit fit = law(noise, seed);
        Optional<MapOfLevels> map = shapes.isEmpty() ? MapOfLevels.of(sessions, groups, fit, this) : Optional.empty();
        List<StationSet> sets = sessions.stream().map(RecordedSession::stations).toList();
        FittedWorld world =
                new FittedWorld(fit.law(), noise, recorded, shapes, sets, Box.around(sessions), nearestM(), map);
        world.checkHeard(new SplittableRandom(seed));
        return world;
    }

    /** Fits the law of the levels alone. */
    LawFit law(long seed) {
        check(sessions.size());
        checkStations();
        return law(noise(), seed);
    }

    private LawFit law(double[] noise, long seed) {
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

    /** Returns the part of what each station heard that is recorded. */
    private double[] recorded() {
        double[] heard = new double[stations];
        double[] recorded = new double[stations];
        for (RecordedSession session : sessions) {
            for (int i = 0; i < session.stations().size(); i++) {
                Received received = session.received().get(i);
                heard[session.stations().numbers()[i]] += received.heard() ? 1 : 0;
                recorded[session.stations().numbers()[i]] += received.powers().isPresent() ? 1 : 0;
            }
        }
        for (int i = 0; i < stations; i++) {
            recorded[i] /= Math.max(1, heard[i]);
        }
        return recorded;
    }

    /** Returns the noise of each station, NaN of one that has no recording. */
    private double[] noise() {
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

    /** Of each session, its clearest recording has the shape; of sessions without a clear one, the clearest half. */
    private List<MeanPowers> shapes(double[] noise) {
        List<Clear> all = new ArrayList<>();
        for (RecordedSession session : sessions) {
            Optional<Clear> clearest = Optional.empty();
            for (int i = 0; i < session.stations().size(); i++) {
                int number = session.stations().numbers()[i];
                Optional<Clear> one = session.received().get(i).powers().map(p -> Clear.of(p, p.noise(noise[number])));
                clearest = one.isPresent()
                                && (clearest.isEmpty()
                                        || one.get().ratio() > clearest.get().ratio())
                        ? one
                        : clearest;
            }
            clearest.ifPresent(all::add);
        }
        all.sort(Comparator.comparingDouble(Clear::ratio));
        double median = all.isEmpty() ? 0 : all.get(all.size() / 2).ratio();
        return all.stream()
                .filter(clear -> clear.ratio() >= Math.min(CLEAR, median))
                .map(clear -> clear.powers().signal(clear.noise()))
                .filter(MeanPowers::isFinite)
                .toList();
    }

    /** A recording, and how far it stands out of the noise. */
    private record Clear(MeanPowers powers, double noise, double ratio) {
        static Clear of(MeanPowers powers, double noise) {
            return new Clear(powers, noise, powers.total() / noise);
        }
    }
}
