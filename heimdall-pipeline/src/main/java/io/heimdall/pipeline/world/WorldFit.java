package io.heimdall.pipeline.world;

import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Fits a {@link FittedWorld}: noise and signal shapes from the spectra, then the law of the levels, and a map if that helps. */
public final class WorldFit {
    /** Shapes are taken from recordings of at least this ratio of power to noise. */
    private static final double CLEAR = 10;

    private final List<RecordedSession> sessions;
    private final int stations;
    private final double planeScaleM;
    private final LevelFit levels;

    private WorldFit(List<RecordedSession> sessions, int stations, double planeScaleM) {
        this.sessions = sessions;
        this.stations = stations;
        this.planeScaleM = planeScaleM;
        this.levels = new LevelFit(sessions, stations, planeScaleM);
    }

    /**
     * Fits a world to recorded sessions. Where they are levels alone, the world has a map if that helps.
     *
     * @param groups of the sessions: those of one are not independent of one another
     * @param stations number of the stations in all of them
     * @param planeScaleM deviation of the places, metres
     * @param seed of all draws
     * @throws io.heimdall.pipeline.PipelineException if the sessions show no law; the message says why
     */
    public static FittedWorld fit(
            List<RecordedSession> sessions, int[] groups, int stations, double planeScaleM, long seed) {
        return new WorldFit(sessions, stations, planeScaleM).world(groups, seed);
    }

    /**
     * Checks that there are enough sessions.
     *
     * @throws io.heimdall.pipeline.PipelineException if there are fewer than show a law
     */
    public static void check(int sessions) {
        LevelFit.check(sessions);
    }

    private FittedWorld world(int[] groups, long seed) {
        levels.check();
        double[] recorded = recorded();
        double[] noise = levels.noise();
        List<MeanPowers> shapes = shapes(noise);
        if (shapes.isEmpty() && Arrays.stream(recorded).anyMatch(share -> share > 0)) {
            throw new PipelineException("no recording of the training sessions stands out of its noise");
        }
        LawFit fit = levels.law(noise, seed);
        Optional<MapOfLevels> map = shapes.isEmpty() ? map(groups, fit) : Optional.empty();
        List<StationSet> sets = sessions.stream().map(RecordedSession::stations).toList();
        FittedWorld world =
                new FittedWorld(fit.law(), noise, recorded, shapes, sets, Box.around(sessions), levels.nearestM(), map);
        SessionDraws.checkHeard(world, new SplittableRandom(seed));
        return world;
    }

    /** Returns the map of sessions; empty where the law alone tells more of places in groups that it has not seen. */
    private Optional<MapOfLevels> map(int[] groups, LawFit fit) {
        PlaceGrid grid = PlaceGrid.around(
                sessions, (int) Arrays.stream(groups).distinct().count());
        LevelPosterior law = LevelPosterior.of(fit, levels.nearestM(), grid, sessions);
        return law.withBetterMap(sessions, groups, planeScaleM).map(LevelPosterior::map);
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
