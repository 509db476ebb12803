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

    /** Returns this polygon with at most so many points a ring, 4 or more, of nearly the same area. */
    public GroundPolygon thinned(int points) {
        return new GroundPolygon(
                ThinnedRing.of(outer, points),
                holes.stream().map(hole -> ThinnedRing.of(hole, points)).toList());
    }
}
