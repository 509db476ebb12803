package io.heimdall.localization.region;

import java.util.List;
import java.util.stream.IntStream;

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

    /** Returns this polygon with about so many points a ring: every k-th of each and the last, which closes it. */
    public GroundPolygon thinned(int points) {
        return new GroundPolygon(
                thinned(outer, points),
                holes.stream().map(hole -> thinned(hole, points)).toList());
    }

    private static List<GroundPoint> thinned(List<GroundPoint> ring, int points) {
        int step = (ring.size() + points - 1) / points;
        return IntStream.range(0, ring.size())
                .filter(i -> i % step == 0 || i == ring.size() - 1)
                .mapToObj(ring::get)
                .toList();
    }
}
