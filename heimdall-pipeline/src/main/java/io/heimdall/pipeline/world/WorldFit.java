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

    /** The mean of all bands without signal over the mean of the quietest: 15 percent of scatter, 3/8 of the bands. */
    private static final double ALL_OVER_QUIET = 1.17;

    /** Wide signals raise the quietest bands too; a station's noise is what they are in few recordings. */
    private static final double NOISE_QUANTILE = 0.1;

    /** A signal is at least this part of the noise, so that its level is a number. */
    private static final double LEAST_SIGNAL = 0.05;

    /** Shapes are taken from recordings of at least this ratio of power to noise. */
    private static final double CLEAR = 10;

    /** Of the scale of the plane: nearer than this, levels do not go on rising. */
    private static final double NEAREST = 1.0 / 40;

    FittedWorld world(long seed) {
        check(sessions.size());
        checkStations();
        double[] noise = noise();
        List<MeanPowers> shapes = shapes(noise);
        if (shapes.isEmpty()) {
            throw new PipelineException("no recording of the training sessions stands out of its noise");
        }
        double nearest = planeScaleM * NEAREST;
        LevelLaw law = GibbsSampler.fit(table(noise, nearest), seed);
        if (!(law.slope() < 0)) {
            throw new PipelineException("levels do not fall with the distance: " + Math.round(10 * law.slope()) / 10.0
                    + " dB a decade in the training sessions");
        }
        List<StationSet> sets = sessions.stream().map(RecordedSession::stations).toList();
        FittedWorld world = new FittedWorld(law, noise, shapes, sets, Box.around(sessions), nearest);
        world.checkHeard(new SplittableRandom(seed));
        return world;
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

    private double[] noise() {
        List<List<Double>> quiet = new ArrayList<>();
        for (int i = 0; i < stations; i++) {
            quiet.add(new ArrayList<>());
        }
        for (RecordedSession session : sessions) {
            for (int i = 0; i < session.stations().size(); i++) {
                List<Double> ofStation = quiet.get(session.stations().numbers()[i]);
                session.powers().get(i).ifPresent(powers -> ofStation.add(powers.quiet()));
            }
        }
        double[] noise = new double[stations];
        for (int i = 0; i < stations; i++) {
            double[] sorted = quiet.get(i).stream().mapToDouble(q -> q).sorted().toArray();
            if (sorted.length == 0) {
                throw new PipelineException("a station has no recording in the training sessions");
            }
            noise[i] = ALL_OVER_QUIET * sorted[(int) (NOISE_QUANTILE * (sorted.length - 1))];
        }
        return noise;
    }

    private static double noise(MeanPowers powers, double ofStation) {
        return Math.min(ofStation, ALL_OVER_QUIET * powers.quiet());
    }

    private LevelTable table(double[] noise, double nearestM) {
        double[][] levels = new double[sessions.size()][stations];
        double[][] logDistances = new double[sessions.size()][stations];
        Hearing[][] hearing = new Hearing[sessions.size()][stations];
        for (int s = 0; s < sessions.size(); s++) {
            Arrays.fill(hearing[s], Hearing.OFF);
            RecordedSession session = sessions.get(s);
            StationSet set = session.stations();
            for (int i = 0; i < set.size(); i++) {
                int number = set.numbers()[i];
                Optional<MeanPowers> powers = session.powers().get(i);
                logDistances[s][number] = LevelLaw.logDistance(
                        session.eastM() - set.eastM()[i], session.northM() - set.northM()[i], nearestM);
                hearing[s][number] = powers.isPresent() ? Hearing.HEARD : Hearing.SILENT;
                levels[s][number] =
                        powers.map(p -> level(p, noise(p, noise[number]))).orElse(0.0);
            }
        }
        return new LevelTable(levels, logDistances, hearing);
    }

    private static double level(MeanPowers powers, double noise) {
        return 10 * Math.log10(Math.max(powers.total() - noise, LEAST_SIGNAL * noise));
    }

    /** Of each session, its clearest recording has the shape; of sessions without a clear one, the clearest half. */
    private List<MeanPowers> shapes(double[] noise) {
        List<Clear> all = new ArrayList<>();
        for (RecordedSession session : sessions) {
            Optional<Clear> clearest = Optional.empty();
            for (int i = 0; i < session.stations().size(); i++) {
                int number = session.stations().numbers()[i];
                Optional<Clear> one = session.powers().get(i).map(p -> Clear.of(p, noise(p, noise[number])));
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
