package io.heimdall.localization.map;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import java.util.List;

/** The geometry of a feature. */
public sealed interface MapShape {

    /** A point. */
    record Point(GroundPoint at) implements MapShape {}

    /**
     * An area.
     *
     * @param polygons one or more
     */
    record Area(List<GroundPolygon> polygons) implements MapShape {

        /** Checks that there is a polygon, and copies the list. */
        public Area {
            polygons = List.copyOf(polygons);
            if (polygons.isEmpty()) {
                throw new IllegalArgumentException("an area has one polygon or more, found none");
            }
        }
    }
}
