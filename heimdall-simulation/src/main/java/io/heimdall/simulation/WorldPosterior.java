package io.heimdall.simulation;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import java.util.Arrays;

/**
 * What the levels of a session say of its transmitter's place, by Bayes' rule and with the world's own definition.
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
 * <p>Immutable and thread-safe.
 */
public final class WorldPosterior {

    /** Width and height of a cell unless told otherwise. */
    public static final double DEFAULT_CELL_M = 2000;

    /** A cell this far below the best in log likelihood has no weight that matters. */
    private static final double NEGLIGIBLE_NEPERS = 30;

    private final World world;
    private final int rows;
    private final int columns;
    /** Mean received power in dBm, {@code [cell][station]}. */
    private final double[][] expectedDbm;

    private final double[][] covariance;

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
        this.rows = (int) Math.ceil(world.box().heightM() / cellM);
        this.columns = (int) Math.ceil(world.box().widthM() / cellM);
        int stations = world.stations().size();
        this.expectedDbm = new double[rows * columns][stations];
        for (int cell = 0; cell < expectedDbm.length; cell++) {
            var place = world.box().at((cell / columns + 0.5) / rows, (cell % columns + 0.5) / columns);
            for (int i = 0; i < stations; i++) {
                expectedDbm[cell][i] = world.transmitters().powerDbm()
                        - world.propagation().lossDb(place.distanceMetres(world.position(i)));
            }
        }
        this.covariance = world.shadowingCovariance();
        double common =
                world.transmitters().powerSpreadDb() * world.transmitters().powerSpreadDb();
        for (double[] row : covariance) {
            for (int j = 0; j < stations; j++) {
                row[j] += common;
            }
        }
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
            int station = world.stationNames().indexOf(level.station().name());
            if (station < 0) {
                throw new DatasetException("station '" + level.station().name() + "' of session " + session.id()
                        + " is none of the simulated world's " + world.stationNames());
            }
            levels[station] = level.decibels();
        }
        return levels;
    }

    /** Returns the posterior of a catalogue's session. */
    public PositionPosterior of(Session session) {
        return of(levelsDb(session));
    }

    /**
     * Returns the posterior given the levels.
     *
     * @param levelsDb mean power of each station's recording, signal and noise, in decibels relative to the world's full
     *     scale; NaN where there is no recording, but not everywhere
     */
    public PositionPosterior of(double[] levelsDb) {
        if (levelsDb.length != expectedDbm[0].length) {
            throw new IllegalArgumentException(
                    levelsDb.length + " levels of a world of " + expectedDbm[0].length + " stations");
        }
        HeardLevels heard = HeardLevels.of(world, covariance, levelsDb);
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
        return new PositionPosterior(world.box(), rows, columns, normalised(log, best2));
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
