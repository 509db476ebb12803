package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.LocalPlane;

/** Rings of outlines, as answers have them: longitude and latitude in turn. */
final class Rings {
    private Rings() {}

    /** Returns the area of a ring, square kilometres, positive for an outline and negative for a hole. */
    static double areaKm2(JsonNode ring) {
        double twice = 0;
        for (int k = 0; k < ring.size(); k += 2) {
            int next = (k + 2) % ring.size();
            twice += ring.path(k).asDouble() * ring.path(next + 1).asDouble()
                    - ring.path(next).asDouble() * ring.path(k + 1).asDouble();
        }
        LocalPlane plane = new LocalPlane(ring.path(1).asDouble(), ring.path(0).asDouble());
        return twice / 2 * plane.metresPerDegreeEast() * plane.metresPerDegreeNorth() / 1e6;
    }
}
