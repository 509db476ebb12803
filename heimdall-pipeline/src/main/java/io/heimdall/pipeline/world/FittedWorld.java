package io.heimdall.pipeline.world;

import io.heimdall.features.spectrum.LevelStatistics;
import io.heimdall.pipeline.PipelineException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A world that draws sessions as those that it was fitted to: places uniform over their box, levels by a {@link LevelLaw}, spectra
 * of recorded shapes. Immutable.
 *
 * @param law of the levels
 * @param noise mean power of a band without signal, of each station; NaN of one without a recording
 * @param recorded the part of what each station heard that is recorded; of the rest it has the level alone
 * @param shapes of signals, each of mean 1; none where nothing is recorded
 * @param sets of stations that were in service together
 * @param box where transmitters are
 * @param nearestM see {@link LevelLaw#logDistance}
 * @param map of what the law does not explain
 */
public record FittedWorld(
        LevelLaw law,
        double[] noise,
        double[] recorded,
        List<MeanPowers> shapes,
        List<StationSet> sets,
        Box box,
        double nearestM,
        Optional<MapOfLevels> map) {
    /** Relative deviations of the noise, by station, band and frame; and the least that is left of it. */
    private static final double STATION_NOISE = 0.05;

    private static final double BAND_NOISE = 0.15;
    private static final double FRAME_NOISE = 0.08;
    private static final double LEAST_NOISE = 0.3;
    /** How many sets show whether stations hear anything, and with how many sessions each. */
    private static final int TRIED_SETS = 64;

    private static final int TRIED_SESSIONS = 4;
    /** How much farther out than transmitters stations may stand. */
    private static final double UNKNOWN_MARGIN = 0.1;

    /**
     * Fits a world to recorded sessions. Where they are levels alone, the world has a map if that helps.
     *
     * @param groups of the sessions: those of one are not independent of one another
     * @param stations number of the stations in all of them
     * @param planeScaleM deviation of the places, metres
     * @param seed of all draws
     * @throws io.heimdall.pipeline.PipelineException if the sessions show no law; the message says why
     */
    public static FittedWorld of(
            List<RecordedSession> sessions, int[] groups, int stations, double planeScaleM, long seed) {
        return new WorldFit(sessions, stations, planeScaleM).world(groups, seed);
    }

    /**
     * Checks that there are enough sessions.
     *
     * @throws io.heimdall.pipeline.PipelineException if there are fewer than show a law
     */
    public static void check(int sessions) {
        WorldFit.check(sessions);
    }

    /**
     * Checks that the stations hear sessions of this world, in most of the sets that it has.
     *
     * @throws PipelineException if not
     */
    void checkHeard(SplittableRandom random) {
        int tried = Math.min(sets.size(), TRIED_SETS);
        long deaf = IntStream.range(0, tried)
                .mapToObj(i -> sets.get((int) ((long) i * sets.size() / tried)))
                .map(set -> new SessionDraws(this, set, Receivers.of(this, set.numbers()), random))
                .filter(draws -> draws.draw(TRIED_SESSIONS, 1).isEmpty())
                .count();
        if (2 * deaf > tried) {
            throw new PipelineException("stations hear hardly anything from the area of the training sessions, "
                    + box.kilometres() + "; the places of sessions or stations may be wrong");
        }
    }

    /**
     * Draws sessions, all with the same stations, each with places from its posterior.
     *
     * <p>Rao-Blackwell: in place of the one place that a session was drawn for, a network learns from many that explain it as
     * well. They are drawn from common candidates in proportion to the likelihood of the latent levels, of which the session's own
     * place is one, so that the draws have the posterior's law whatever the number of candidates is. The draws are systematic.
     *
     * @param count of the sessions, at most: fewer are drawn where a set of stations hears hardly anything
     * @param unknown whether a station is added that the law does not know, anywhere in the box
     * @param places drawn for each session
     * @see <a href="https://doi.org/10.1093/biomet/83.1.81">Casella and Robert, Rao-Blackwellisation of sampling schemes,
     *     1996</a>
     */
    public List<SimulatedSession> draw(int count, boolean unknown, int places, SplittableRandom random) {
        StationSet set = sets.get(random.nextInt(sets.size()));
        Receivers receivers = Receivers.of(this, set.numbers());
        if (unknown) {
            Box wide = box.widened(UNKNOWN_MARGIN);
            set = set.with(law.stations(), wide.drawEast(random), wide.drawNorth(random));
            receivers = receivers.withUnknown(law, random);
        }
        return new SessionDraws(this, set, receivers, random).draw(count, places);
    }

    /**
     * Draws one session, with the stations of one of the sets.
     *
     * @throws PipelineException if the stations hear nothing of this world
     */
    public DrawnSession drawLevels(SplittableRandom random) {
        for (int tries = 0; tries < TRIED_SETS; tries++) {
            int number = random.nextInt(sets.size());
            StationSet set = sets.get(number);
            Optional<DrawnSession> drawn =
                    new SessionDraws(this, set, Receivers.of(this, set.numbers()), random).levels(number);
            if (drawn.isPresent()) {
                return drawn.get();
            }
        }
        throw new PipelineException("none of " + TRIED_SETS + " sets of stations hears a session of the fitted world");
    }

    /** Returns the covariance of two stations' levels; with a map, before it makes them smaller or larger by place. */
    double covariance(int i, int j) {
        return map.map(m -> m.deviations().correlation()[i][j] * law.deviation(i) * law.deviation(j))
                .orElse(law.covariance()[i][j]);
    }

    Candidates candidates(StationSet stations, Receivers receivers, SplittableRandom random) {
        return map.isPresent()
                ? new MapCandidates(this, map.get(), stations, receivers, random)
                : new LawCandidates(this, stations, receivers, random);
    }

    /** Returns the statistics of a recording of one of the shapes at a level. */
    float[] statistics(MeanPowers shape, double levelDb, double noisePower, SplittableRandom random) {
        double power = Math.pow(10, levelDb / 10);
        double floor = noisePower * (1 + STATION_NOISE * random.nextGaussian());
        return LevelStatistics.of(
                noisy(shape.bands(), power, floor, BAND_NOISE, random),
                noisy(shape.frames(), power, floor, FRAME_NOISE, random));
    }

    private static double[] noisy(
            double[] shape, double power, double floor, double deviation, SplittableRandom random) {
        double[] powers = new double[shape.length];
        for (int i = 0; i < shape.length; i++) {
            powers[i] = power * shape[i] + floor * Math.max(LEAST_NOISE, 1 + deviation * random.nextGaussian());
        }
        return powers;
    }
}
