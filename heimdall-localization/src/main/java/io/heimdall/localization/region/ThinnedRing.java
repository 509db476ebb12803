package io.heimdall.localization.region;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Thins a ring: leaves out, again and again, the point whose absence changes the area least. Every k-th point in place of that would
 * take all inner corners of a stair, or all outer ones.
 *
 * @see <a href="https://doi.org/10.1179/000870493786962263">Visvalingam and Whyatt, 1993</a>
 */
final class ThinnedRing {
    private final List<GroundPoint> ring;
    private final int[] before;
    private final int[] after;
    private final double[] areas;
    private final PriorityQueue<Corner> corners = new PriorityQueue<>();

    /** A point with the area that is lost without it; stale once the area has changed. */
    private record Corner(int point, double area) implements Comparable<Corner> {
        @Override
        public int compareTo(Corner other) {
            int byArea = Double.compare(area, other.area);
            return byArea != 0 ? byArea : Integer.compare(point, other.point);
        }
    }

    /** Begins with all points but the last, which repeats the first. */
    private ThinnedRing(List<GroundPoint> closed) {
        int size = closed.size() - 1;
        this.ring = closed.subList(0, size);
        this.before = IntStream.range(0, size).map(i -> (i + size - 1) % size).toArray();
        this.after = IntStream.range(0, size).map(i -> (i + 1) % size).toArray();
        this.areas = new double[size];
        IntStream.range(0, size).forEach(this::weigh);
    }

    /**
     * Returns a ring with at most so many points.
     *
     * @param closed ring whose last point repeats the first
     * @param points 4 or more
     */
    static List<GroundPoint> of(List<GroundPoint> closed, int points) {
        return closed.size() <= points ? closed : new ThinnedRing(closed).thinned(points);
    }

    private List<GroundPoint> thinned(int points) {
        int first = 0;
        for (int left = ring.size(); left > points - 1; ) {
            Corner least = corners.remove();
            int point = least.point();
            if (least.area() != areas[point]) {
                continue;
            }
            areas[point] = Double.NaN; // equal to nothing
            after[before[point]] = after[point];
            before[after[point]] = before[point];
            weigh(before[point]);
            weigh(after[point]);
            first = after[point];
            left--;
        }
        List<GroundPoint> kept = new ArrayList<>();
        int point = first;
        do {
            kept.add(ring.get(point));
            point = after[point];
        } while (point != first);
        kept.add(ring.get(first));
        return kept;
    }

    private void weigh(int point) {
        GroundPoint a = ring.get(before[point]);
        GroundPoint b = ring.get(point);
        GroundPoint c = ring.get(after[point]);
        areas[point] = Math.abs((b.longitude() - a.longitude()) * (c.latitude() - a.latitude())
                - (c.longitude() - a.longitude()) * (b.latitude() - a.latitude()));
        corners.add(new Corner(point, areas[point]));
    }
}
