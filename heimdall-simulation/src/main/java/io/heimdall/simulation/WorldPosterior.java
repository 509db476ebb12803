package io.heimdall.simulation;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Bayes posterior of the transmitter's place, given the levels of a session, under the world's own definition.
 *
 * <p>Let {@code y} be the received powers in dBm of the stations that recorded, noise taken off, and {@code A} the others.
 * With the place {@code p} given, they are jointly normal (see {@link World}): mean {@code powerDbm - loss}, covariance
 * <pre>{@code
 * K_ij = cov(X_i, X_j) + powerSpreadDb^2 + [i = j] v_i,   v_i = (10 / ln 10)^2 (1 + 2 s_i) / (s_i^2 samples)
 * }</pre>
 * with {@code v_i} what the noise does to a level at the signal-to-noise ratio {@code s_i}. The posterior is
 * <pre>{@code
 * p(place | session) ~ N(y; mean, K) Pr(all of A are off or below their threshold | y, place)
 * }</pre>
 * over a uniform grid, since the prior is uniform. The unknown power is integrated out: it is the common term of {@code K}.
 * No other way to use the levels has a smaller root mean square error than {@link PositionPosterior#mean()}.
 *
 * <p>It knows the {@link Conditions} too: a field of shadowing is a part of the mean, so that the posterior is the best answer of
 * those who know the whole map; loss and covariance are those of the session's band; stations are where its rows say, and one
 * without a row was not in service, where the world has rows of silence. It is exact in all of them if each source has one
 * session.
 *
 * <p>Immutable and thread-safe.
 */
public final class WorldPosterior {

    /** Width and height of a cell unless told otherwise. */
    public static final double DEFAULT_CELL_M = 2000;

    /** A cell this far below the best in log likelihood has no weight that matters. */
    private static final double NEGLIGIBLE_NEPERS = 30;

    private final World world;
    private final ExpectedPowers expected;
    private final double[][] covariance;
    /** Mean received power in dBm with all stations at home, {@code [cell][station]}. */
    private final double[][] expectedDbm;

    /** Prepares the grid of a world, with cells of {@value #DEFAULT_CELL_M} m. */
    public WorldPosterior(World world) {
        this(world, DEFAULT_CELL_M);
    }

    /**
     * Prepares the grid of a world.
     *
     * @param world that the sessions are from
     * @param cellM greatest width and height of a cell, metres, 100..100000
     */
    public WorldPosterior(World world, double cellM) {
        Range.check("cell in m", cellM, 100, 100_000);
        this.world = world;
        this.expected = new ExpectedPowers(world, cellM);
        this.expectedDbm = expected.of(world);
        this.covariance = withPower(world.shadowingCovariance());
    }

    /**
     * Returns the levels of a catalogue's session in the world's order.
     *
     * @return {@link Level#decibels}, NaN for stations without a level
     * @throws DatasetException if a station is none of the world's
     */
    public double[] levelsDb(Session session) {
        double[] levels = new double[world.stations().size()];
        Arrays.fill(levels, Double.NaN);
        for (Level level : session.levels()) {
            levels[number(level.station(), session)] = level.decibels();
        }
        return levels;
    }

    private int number(Station station, Session session) {
        int number = world.stationNames().indexOf(station.name());
        if (number < 0) {
            throw new DatasetException("station '" + station.name() + "' of session " + session.id()
                    + " is none of the simulated world's " + world.stationNames());
        }
        return number;
    }

    /** Returns the posterior of a catalogue's session. */
    public PositionPosterior of(Session session) {
        Conditions conditions = world.conditions();
        if (!conditions.tellsSilence() && conditions.bands().isEmpty()) {
            return of(levelsDb(session));
        }
        World part = seenBy(session);
        double[] levels = levelsDb(session);
        double[] ofPart = part.stationNames().stream()
                .mapToDouble(name -> levels[world.stationNames().indexOf(name)])
                .toArray();
        return posterior(part, expected.of(part), withPower(part.shadowingCovariance()), ofPart);
    }

    /** Returns the world as it was in one session: its band, and the stations that were in service, where they were. */
    private World seenBy(Session session) {
        List<WorldStation> stations = new ArrayList<>(world.stations());
        boolean[] inService = new boolean[stations.size()];
        Arrays.fill(inService, !world.conditions().tellsSilence());
        for (Measurement measurement : session.measurements()) {
            int number = number(measurement.station(), session);
            WorldStation home = stations.get(number);
            stations.set(number, new WorldStation(measurement.station(), home.gainDb(), home.noiseFigureDb()));
            inService[number] = true;
        }
        List<WorldStation> there = new ArrayList<>();
        for (int i = 0; i < inService.length; i++) {
            if (inService[i]) {
                there.add(stations.get(i));
            }
        }
        return new World(
                there,
                world.box(),
                world.propagation(session.frequencyHz()),
                world.transmitters(),
                world.recorders(),
                world.conditions());
    }

    /**
     * Returns the posterior given the levels, of all stations at home, in the world's own band.
     *
     * @param levelsDb mean power of each station's recording, signal and noise, in decibels relative to the world's full
     *     scale; NaN where there is no recording, but not everywhere
     */
    public PositionPosterior of(double[] levelsDb) {
        if (levelsDb.length != expectedDbm[0].length) {
            throw new IllegalArgumentException(
                    levelsDb.length + " levels of a world of " + expectedDbm[0].length + " stations");
        }
        return posterior(world, expectedDbm, covariance, levelsDb);
    }

    private PositionPosterior posterior(World part, double[][] expectedDbm, double[][] covariance, double[] levelsDb) {
        HeardLevels heard = HeardLevels.of(part, covariance, levelsDb);
        double[] log = new double[expectedDbm.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int cell = 0; cell < log.length; cell++) {
            log[cell] = heard.logLikelihood(expectedDbm[cell]);
            best = Math.max(best, log[cell]);
        }
        // Absence can only lower a likelihood, by no more than all stations being off by chance.
        double best2 = Double.NEGATIVE_INFINITY;
        double limit = best - NEGLIGIBLE_NEPERS;
        for (int cell = 0; cell < log.length; cell++) {
            log[cell] = log[cell] < limit
                    ? Double.NEGATIVE_INFINITY
                    : log[cell] + Math.log(heard.absenceProbability(expectedDbm[cell]));
            best2 = Math.max(best2, log[cell]);
        }
        return new PositionPosterior(world.box(), expected.rows(), expected.columns(), normalised(log, best2));
    }

    /** Adds the transmitters' power, which all stations have in common, to the covariance of the shadowing. */
    private double[][] withPower(double[][] shadowing) {
        double common =
                world.transmitters().powerSpreadDb() * world.transmitters().powerSpreadDb();
        for (double[] row : shadowing) {
            for (int j = 0; j < row.length; j++) {
                row[j] += common;
            }
        }
        return shadowing;
    }

    private static double[] normalised(double[] log, double best) {
        double sum = 0;
        for (int cell = 0; cell < log.length; cell++) {
            log[cell] = Math.exp(log[cell] - best);
            sum += log[cell];
        }
        for (int cell = 0; cell < log.length; cell++) {
            log[cell] /= sum;
        }
        return log;
    }
}
