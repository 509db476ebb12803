package io.heimdall.localization.region;

import java.util.List;

/**
 * A highest-density region as polygons.
 *
 * @param level the probability inside, above 0 and below 1
 * @param areaKm2 of all parts together
 * @param polygons the parts; several where the density has several modes or the region crosses the antimeridian
 */
public record GroundRegion(double level, double areaKm2, List<GroundPolygon> polygons) {

    /** Copies the list. */
    public GroundRegion {
        polygons = List.copyOf(polygons);
    }
}
