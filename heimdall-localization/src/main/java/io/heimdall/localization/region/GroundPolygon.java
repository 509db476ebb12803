package io.heimdall.localization.region;

import java.util.List;

/**
 * A polygon on the ground, with rings as in RFC 7946: the last point of each repeats the first, the outer ring is
 * counterclockwise, holes are clockwise, and no ring crosses the antimeridian.
 *
 * @param outer ring of four points or more
 * @param holes rings within the outer one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7946#section-3.1.6">RFC 7946, section 3.1.6</a>
 */
public record GroundPolygon(List<GroundPoint> outer, List<List<GroundPoint>> holes) {

    /** Copies the lists. */
    public GroundPolygon {
        outer = List.copyOf(outer);
        holes = holes.stream().map(List::copyOf).toList();
    }
}
