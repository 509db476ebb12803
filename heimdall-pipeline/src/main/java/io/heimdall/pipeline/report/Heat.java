package io.heimdall.pipeline.report;

import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.List;

/** A density as a page's heat map has it. */
sealed interface Heat {

    /**
     * A mixture of normals.
     *
     * @param components weight, longitude and latitude of the mean, sigma east and north in metres, correlation
     */
    record Mixture(List<double[]> components) implements Heat {
        private static final double FIVE_DIGITS = 1e5;

        static Mixture of(Estimate estimate) {
            var density = estimate.density();
            return new Mixture(density.density().components().stream()
                    .map(component -> {
                        NormalDistribution normal = component.normal();
                        return new double[] {
                            rounded(component.weight()),
                            rounded(density.plane().longitudeOf(normal.meanEast())),
                            rounded(density.plane().latitudeOf(normal.meanNorth())),
                            Math.rint(normal.sigmaEast()),
                            Math.rint(normal.sigmaNorth()),
                            rounded(Math.max(-0.999, Math.min(0.999, normal.correlation())))
                        };
                    })
                    .filter(numbers -> numbers[0] > 0 && numbers[3] > 0 && numbers[4] > 0)
                    .toList());
        }

        private static double rounded(double value) {
            return Math.rint(value * FIVE_DIGITS) / FIVE_DIGITS;
        }
    }

    /**
     * A raster of densities, from the north-west.
     *
     * @param west edge, degrees
     * @param south edge, degrees
     * @param east edge, degrees
     * @param north edge, degrees
     * @param side cells along each edge
     * @param values a digit each: nine times the square root of the density over the largest
     */
    record Raster(double west, double south, double east, double north, int side, String values) implements Heat {
        private static final int SIDE = 96;
        private static final double ROOM = 0.3;

        /**
         * Samples a posterior around a region.
         *
         * @param around not empty
         */
        static Raster of(GroundPosterior posterior, GroundRegion around) {
            double[] longitudes = around.polygons().stream()
                    .flatMap(polygon -> polygon.outer().stream())
                    .mapToDouble(GroundPoint::longitude)
                    .sorted()
                    .toArray();
            double[] latitudes = around.polygons().stream()
                    .flatMap(polygon -> polygon.outer().stream())
                    .mapToDouble(GroundPoint::latitude)
                    .sorted()
                    .toArray();
            double wide = longitudes[longitudes.length - 1] - longitudes[0];
            double high = latitudes[latitudes.length - 1] - latitudes[0];
            double west = longitudes[0] - ROOM * wide;
            double north = latitudes[latitudes.length - 1] + ROOM * high;
            double[] logs = new double[SIDE * SIDE];
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < logs.length; i++) {
                double longitude = west + (i % SIDE + 0.5) / SIDE * (1 + 2 * ROOM) * wide;
                double latitude = north - (i / SIDE + 0.5) / SIDE * (1 + 2 * ROOM) * high;
                logs[i] = posterior
                        .posterior()
                        .logDensity(
                                posterior.plane().east(longitude),
                                posterior.plane().north(latitude));
                most = Math.max(most, logs[i]);
            }
            StringBuilder values = new StringBuilder(logs.length);
            for (double log : logs) {
                values.append((char) ('0' + Math.rint(9 * Math.exp((log - most) / 2))));
            }
            return new Raster(
                    west, north - (1 + 2 * ROOM) * high, west + (1 + 2 * ROOM) * wide, north, SIDE, values.toString());
        }
    }
}
