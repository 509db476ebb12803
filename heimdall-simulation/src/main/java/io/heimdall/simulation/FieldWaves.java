package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A {@link ShadowingField} as a sum of plane waves, drawn from the spectrum of its covariance. Immutable and thread-safe.
 *
 * <p>{@code F(p, q) = deviation sqrt(2 / M) sum_m cos(k_m p + l_m q + phase_m)} with normal {@code k_m} and {@code l_m}.
 *
 * @see <a href="https://papers.nips.cc/paper/3182-random-features-for-large-scale-kernel-machines">Rahimi and Recht, Random
 *     features for large-scale kernel machines, 2007</a>
 */
final class FieldWaves {
    private static final int WAVES = 512;

    private final GeoBox box;
    private final double scaleDb;
    private final double[][] placeWaves = new double[2][WAVES];
    private final double[][] stationWaves = new double[2][WAVES];
    private final double[] phases = new double[WAVES];

    FieldWaves(ShadowingField field, GeoBox box) {
        this.box = box;
        this.scaleDb = field.deviationDb() * Math.sqrt(2.0 / WAVES);
        SplittableRandom random = Draws.FIELD.of(field.seed(), 0, 0);
        double spread = Math.sqrt(2) / field.correlationM();
        for (int m = 0; m < WAVES; m++) {
            for (int axis = 0; axis < 2; axis++) {
                placeWaves[axis][m] = spread * random.nextGaussian();
                stationWaves[axis][m] = spread * random.nextGaussian();
            }
            phases[m] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** Returns the shadowing of a transmitter at each of some stations, dB. */
    double[] at(GeoPoint place, GeoPoint... stations) {
        double[] cosines = new double[WAVES];
        double[] sines = new double[WAVES];
        waves(placeWaves, place, cosines, sines);
        double[] field = new double[stations.length];
        for (int i = 0; i < stations.length; i++) {
            field[i] = sum(stations[i], cosines, sines);
        }
        return field;
    }

    /** Returns the shadowing at one station of transmitters at many places, dB. */
    double[] at(GeoPoint[] places, GeoPoint station) {
        return Arrays.stream(places).mapToDouble(place -> at(place, station)[0]).toArray();
    }

    private double sum(GeoPoint station, double[] cosines, double[] sines) {
        double[] stationCosines = new double[WAVES];
        double[] stationSines = new double[WAVES];
        waves(stationWaves, station, stationCosines, stationSines);
        double sum = 0;
        for (int m = 0; m < WAVES; m++) {
            sum += cosines[m] * stationCosines[m] - sines[m] * stationSines[m];
        }
        return scaleDb * sum;
    }

    /** Half of the phase goes with either end: the cosine of a sum follows from the cosines and sines of both parts. */
    private void waves(double[][] numbers, GeoPoint point, double[] cosines, double[] sines) {
        double middle = (box.south() + box.north()) / 2;
        double east = (point.longitude() - box.west()) * GeoBox.metresPerDegreeEast(middle);
        double north = (point.latitude() - box.south()) * GeoBox.metresPerDegreeNorth(middle);
        for (int m = 0; m < WAVES; m++) {
            double angle = numbers[0][m] * east + numbers[1][m] * north + phases[m] / 2;
            cosines[m] = Math.cos(angle);
            sines[m] = Math.sin(angle);
        }
    }
}
