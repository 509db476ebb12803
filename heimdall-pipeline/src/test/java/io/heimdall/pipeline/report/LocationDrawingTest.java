package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class LocationDrawingTest {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final double SPAN_M = 100_000;

    /** The map is the square of the places shown, with 8 % of it around. */
    private static final double SIDE_M = 1.16 * SPAN_M;

    private static GroundPoint place(double east, double north) {
        return new GroundPoint(PLANE.latitudeOf(north), PLANE.longitudeOf(east));
    }

    /** Returns the area of a band, square kilometres: of all polygons of its path. */
    private static double areaKm2(DoubleBinaryOperator residual, double sigma, double jump) {
        LocationDrawing drawing = new LocationDrawing(PLANE, List.of(place(0, 0), place(SPAN_M, SPAN_M)));
        drawing.band("delay-band", "a over b", residual, sigma, jump);
        Map<String, Object> values = drawing.values();
        @SuppressWarnings("unchecked")
        Map<String, String> path = ((List<Map<String, String>>) values.get("paths")).get(0);
        double side = Double.parseDouble((String) values.get("side"));
        double area = 0;
        for (String polygon : path.get("line").split("Z")) {
            String[] corners =
                    polygon.isEmpty() ? new String[0] : polygon.substring(1).split("L");
            for (int i = 0; i < corners.length; i++) {
                String[] a = corners[i].split(" ");
                String[] b = corners[(i + 1) % corners.length].split(" ");
                area += (Double.parseDouble(a[0]) * Double.parseDouble(b[1])
                                - Double.parseDouble(b[0]) * Double.parseDouble(a[1]))
                        / 2;
            }
        }
        return Math.abs(area) * SIDE_M * SIDE_M / side / side / 1e6;
    }

    @Test
    void aBandIsTwoSigmasWide() {
        for (double sigma : new double[] {700, 5000}) { // less than a cell, and several
            double area =
                    areaKm2((latitude, longitude) -> PLANE.east(longitude) - 40_000, sigma, Double.POSITIVE_INFINITY);
            assertThat(area).isCloseTo(2 * sigma * SIDE_M / 1e6, within(0.03 * area));
        }
    }

    /** Around a circle of 30 km, of which the whole is on the map. */
    @Test
    void aBandFollowsACurve() {
        double area = areaKm2(
                (latitude, longitude) ->
                        Math.hypot(PLANE.east(longitude) - 50_000, PLANE.north(latitude) - 50_000) - 30_000,
                2000,
                Double.POSITIVE_INFINITY);
        assertThat(area).isCloseTo(2 * Math.PI * 30 * 4, within(0.02 * area));
    }

    @Test
    void aResidualThatTurnsRoundIsNoBand() {
        double area = areaKm2((latitude, longitude) -> PLANE.east(longitude) > 50_000 ? 180 : -180, 5, 90);
        assertThat(area).isZero();
    }
}
