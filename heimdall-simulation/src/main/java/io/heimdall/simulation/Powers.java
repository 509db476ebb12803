package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The powers that arrive at the stations of a world. Immutable and thread-safe. */
final class Powers {
    private final World world;
    private final long seed;
    /** Factors of the covariance of fixed stations' shadowing, by the first channel of their band. */
    private final Map<Long, double[][]> factors = new HashMap<>();

    private final double[][] plain;
    private final Optional<FieldWaves> field;

    Powers(World world, long seed) {
        this.world = world;
        this.seed = seed;
        this.plain = Cholesky.factor(world.shadowingCovariance());
        this.field = world.conditions().field().isNone()
                ? Optional.empty()
                : Optional.of(new FieldWaves(world.conditions().field(), world.box()));
        for (RadioBand band : world.conditions().bands()) {
            factors.put(band.firstChannelHz(), Cholesky.factor(covariance(band.propagation(), homes(world))));
        }
    }

    private static GeoPoint[] homes(World world) {
        return world.stations().stream().map(s -> s.station().position()).toArray(GeoPoint[]::new);
    }

    static double[][] covariance(Propagation propagation, GeoPoint... places) {
        double[][] covariance = new double[places.length][places.length];
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places.length; j++) {
                covariance[i][j] = propagation.covariance(places[i].distanceMetres(places[j]));
            }
        }
        return covariance;
    }

    /**
     * Returns the power at each station's antenna, dBm.
     *
     * @param normals of the transmitter's shadowing, one a station; where stations move each session has its own in their place
     */
    double[] receivedDbm(
            GeoPoint source,
            double powerDbm,
            long frequencyHz,
            double[] normals,
            Circumstances circumstances,
            long number,
            long attempt) {
        Propagation propagation = world.propagation(frequencyHz);
        GeoPoint[] places = circumstances.places();
        boolean moving = !world.conditions().moving().isEmpty();
        double[][] factor =
                moving ? Cholesky.factor(covariance(propagation, places)) : factors.getOrDefault(frequencyHz, plain);
        double[] normal = moving ? sessionNormals(number, attempt) : normals;
        double[] received = new double[places.length];
        for (int i = 0; i < received.length; i++) {
            received[i] = powerDbm - propagation.lossDb(source.distanceMetres(places[i]));
            for (int j = 0; j <= i; j++) {
                received[i] += factor[i][j] * normal[j];
            }
        }
        field.ifPresent(waves -> add(received, waves.at(source, places)));
        return received;
    }

    private double[] sessionNormals(long number, long attempt) {
        SplittableRandom random = Draws.SHADOWING.of(seed, number, attempt);
        double[] normals = new double[world.stations().size()];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = random.nextGaussian();
        }
        return normals;
    }

    private static void add(double[] values, double[] others) {
        for (int i = 0; i < values.length; i++) {
            values[i] += others[i];
        }
    }
}
