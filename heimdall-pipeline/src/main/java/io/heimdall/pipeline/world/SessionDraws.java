package io.heimdall.pipeline.world;

import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.PipelineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws sessions of one set of stations, and candidates for their places. */
public final class SessionDraws {
    /** Of a set whose stations hear fewer of its sessions than one in a hundred, fewer are drawn than were wanted. */
    private static final int MOST_TRIES = 100;

    /** How many sets show whether stations hear anything, and with how many sessions each. */
    private static final int TRIED_SETS = 64;

    private static final int TRIED_SESSIONS = 4;
    /** How much farther out than transmitters stations may stand. */
    private static final double UNKNOWN_MARGIN = 0.1;

    private final FittedWorld world;
    private final StationSet stations;
    private final Receivers receivers;
    private final SplittableRandom random;
    private final double[][] lower;
    private final Candidates candidates;

    private SessionDraws(FittedWorld world, StationSet stations, Receivers receivers, SplittableRandom random) {
        this.world = world;
        this.stations = stations;
        this.receivers = receivers;
        this.random = random;
        this.lower = new Positive(receivers.covariance()).lower();
        this.candidates = candidates(world, stations, receivers, random);
    }

    /**
     * Draws sessions, all with the same stations, each with places from its posterior.
     *
     * <p>Rao-Blackwell: in place of the one place that a session was drawn for, a network learns from many that explain it as
     * well. They are drawn from common candidates in proportion to the likelihood of the latent levels, of which the session's own
     * place is one, so that the draws have the posterior's law whatever the number of candidates is. The draws are systematic.
     *
     * @param world that they are of
     * @param count of the sessions, at most: fewer are drawn where a set of stations hears hardly anything
     * @param unknown whether a station is added that the law does not know, anywhere in the box
     * @param places drawn for each session
     * @see <a href="https://doi.org/10.1093/biomet/83.1.81">Casella and Robert, Rao-Blackwellisation of sampling schemes,
     *     1996</a>
     */
    public static List<SimulatedSession> draw(
            FittedWorld world, int count, boolean unknown, int places, SplittableRandom random) {
        StationSet set = world.sets().get(random.nextInt(world.sets().size()));
        Receivers receivers = Receivers.of(world, set.numbers());
        if (unknown) {
            Box wide = world.box().widened(UNKNOWN_MARGIN);
            set = set.with(world.law().stations(), wide.drawEast(random), wide.drawNorth(random));
            receivers = receivers.withUnknown(world.law(), random);
        }
        return new SessionDraws(world, set, receivers, random).draw(count, places);
    }

    /**
     * Draws one session, with the stations of one of the world's sets.
     *
     * @throws PipelineException if the stations hear nothing of this world
     */
    public static DrawnSession drawLevels(FittedWorld world, SplittableRandom random) {
        for (int tries = 0; tries < TRIED_SETS; tries++) {
            int number = random.nextInt(world.sets().size());
            StationSet set = world.sets().get(number);
            Optional<DrawnSession> drawn =
                    new SessionDraws(world, set, Receivers.of(world, set.numbers()), random).levels(number);
            if (drawn.isPresent()) {
                return drawn.get();
            }
        }
        throw new PipelineException("none of " + TRIED_SETS + " sets of stations hears a session of the fitted world");
    }

    /**
     * Checks that the stations hear sessions of a world, in most of the sets that it has.
     *
     * @throws PipelineException if not
     */
    static void checkHeard(FittedWorld world, SplittableRandom random) {
        List<StationSet> tried = EvenSample.of(world.sets(), TRIED_SETS);
        long deaf = tried.stream()
                .map(set -> new SessionDraws(world, set, Receivers.of(world, set.numbers()), random))
                .filter(draws -> draws.draw(TRIED_SESSIONS, 1).isEmpty())
                .count();
        if (2 * deaf > tried.size()) {
            throw new PipelineException("stations hear hardly anything from the area of the training sessions, "
                    + world.box().kilometres() + "; the places of sessions or stations may be wrong");
        }
    }

    static Candidates candidates(FittedWorld world, StationSet stations, Receivers receivers, SplittableRandom random) {
        return world.map().isPresent()
                ? new MapCandidates(world, world.map().get(), stations, receivers, random)
                : new LawCandidates(world, stations, receivers, random);
    }

    /** Returns sessions that were heard: as many, or those among a hundred times as many tries. */
    private List<SimulatedSession> draw(int count, int places) {
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
