package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import java.util.List;

/**
 * A mistake that one makes with coordinates.
 *
 * @param description how the mistake looks
 * @param meant the point without it
 */
record CoordinateMistake(String description, GeoPoint meant) {

    /** Returns the mistakes that may have led to a point. */
    static List<CoordinateMistake> of(GeoPoint p) {
        CoordinateMistake latitude = new CoordinateMistake(
                "the sign of the latitude looks wrong", new GeoPoint(-p.latitude(), p.longitude()));
        CoordinateMistake longitude = new CoordinateMistake(
                "the sign of the longitude looks wrong", new GeoPoint(p.latitude(), -p.longitude()));
        CoordinateMistake both = new CoordinateMistake(
                "the signs of latitude and longitude look wrong", new GeoPoint(-p.latitude(), -p.longitude()));
        return Math.abs(p.longitude()) > 90
                ? List.of(latitude, longitude, both)
                : List.of(
                        new CoordinateMistake(
                                "latitude and longitude look exchanged", new GeoPoint(p.longitude(), p.latitude())),
                        latitude,
                        longitude,
                        both);
    }
}
