package io.heimdall.localization.posterior;

import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The outline of leaves of a tree: rings with the inside on their left, outer ones counterclockwise, in shares of the square.
 *
 * <p>Each side of a leaf that has another leaf of the region across is left out. Where two leaves touch at a corner alone, the ring
 * turns left and keeps them apart. The corners of a ring are cut to the middles of its sides, since steps of cells are no shape
 * of the region: that keeps rings apart that touched in a corner.
 */
final class CellOutline {
    private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    private final CellTree tree;
    private final IntPredicate inside;
    private final long units;
    private final Map<Long, List<Edge>> from = new HashMap<>();

    /** A part of a leaf's side, in units of the finest cell; the inside is on its left. */
    private record Edge(long x, long y, long toX, long toY, int direction) {}

    CellOutline(CellTree tree, IntPredicate inside) {
        this.tree = tree;
        this.inside = inside;
        int deepest = 0;
        for (int cell = 0; cell < tree.size(); cell++) {
            deepest = Math.max(deepest, isInside(cell) ? tree.level(cell) : 0);
        }
        units = (long) CellTree.ROOTS << deepest + 1;
    }

    private boolean isInside(int cell) {
        return cell >= 0 && tree.isLeaf(cell) && inside.test(cell);
    }

    List<List<PlanePoint>> rings() {
        for (int cell = 0; cell < tree.size(); cell++) {
            if (isInside(cell)) {
                sides(cell);
            }
        }
        List<List<PlanePoint>> rings = new ArrayList<>();
        for (Long start : List.copyOf(from.keySet())) {
            while (from.containsKey(start)) {
                rings.add(cutCorners(straightened(traced(from.get(start).get(0)))));
            }
        }
        return rings;
    }

    /** Adds what of a leaf's sides is an edge of the region, from south counterclockwise. */
    private void sides(int cell) {
        long side = side(cell);
        long west = tree.column(cell) * side;
        long south = tree.row(cell) * side;
        side(west, south, side, 0, 0, -1);
        side(west + side, south, side, 1, 0, 0);
        side(west + side, south + side, side, 2, -1, 0);
        side(west, south + side, side, 3, -1, -1);
    }

    private long side(int cell) {
        return Math.max(1, units / CellTree.ROOTS >> tree.level(cell));
    }

    /** Walks along a side; the finest cell across a point of it is the one that the offsets lead to. */
    private void side(long x, long y, long length, int direction, int acrossX, int acrossY) {
        int dx = DIRECTIONS[direction][0];
        int dy = DIRECTIONS[direction][1];
        for (long done = 0; done < length; ) {
            long atX = x + dx * done;
            long atY = y + dy * done;
            int neighbour = tree.leafAt((atX + acrossX + 0.5) / units, (atY + acrossY + 0.5) / units);
            long step = neighbour < 0 ? length - done : Math.min(length - done, rest(neighbour, atX, atY, direction));
            if (!isInside(neighbour)) {
                Edge edge = new Edge(atX, atY, atX + dx * step, atY + dy * step, direction);
                from.computeIfAbsent(key(atX, atY), k -> new ArrayList<>(2)).add(edge);
            }
            done += step;
        }
    }

    /** Returns how far a neighbour goes on from a point in a direction. */
    private long rest(int neighbour, long x, long y, int direction) {
        long side = side(neighbour);
        long west = tree.column(neighbour) * side;
        long south = tree.row(neighbour) * side;
        long rest = switch (direction) {
            case 0 -> west + side - x;
            case 1 -> south + side - y;
            case 2 -> x - west;
            default -> y - south;
        };
        return Math.max(1, rest);
    }

    private static long key(long x, long y) {
        return x << 32 | y;
    }

    private List<Edge> traced(Edge start) {
        List<Edge> ring = new ArrayList<>();
        Edge edge = start;
        do {
            ring.add(edge);
            edge = next(edge);
        } while (edge != start);
        ring.forEach(this::remove);
        return ring;
    }

    /** Returns the edge that goes on from another's end; of two, the one to the left. */
    private Edge next(Edge edge) {
        List<Edge> edges = from.get(key(edge.toX, edge.toY));
        return edges.stream()
                .filter(one -> one.direction == (edge.direction + 1 & 3))
                .findFirst()
                .orElse(edges.get(0));
    }

    private void remove(Edge edge) {
        long key = key(edge.x, edge.y);
        List<Edge> edges = from.get(key);
        edges.remove(edge);
        if (edges.isEmpty()) {
            from.remove(key);
        }
    }

    /** Returns the corners of a ring, between its straight sides. */
    private static List<long[]> straightened(List<Edge> ring) {
        List<long[]> corners = new ArrayList<>();
        for (int i = 0; i < ring.size(); i++) {
            Edge edge = ring.get(i);
            Edge last = ring.get((i + ring.size() - 1) % ring.size());
            if (edge.direction != last.direction) {
                corners.add(new long[] {edge.x, edge.y});
            }
        }
        return corners;
    }

    /** Cuts each corner by half of the shorter of its sides; a rectangle stays one. */
    private List<PlanePoint> cutCorners(List<long[]> corners) {
        List<PlanePoint> points = new ArrayList<>();
        int count = corners.size();
        if (count == 4) {
            return corners.stream().map(corner -> towards(corner, corner, 0)).toList();
        }
        for (int i = 0; i < count; i++) {
            long[] before = corners.get((i + count - 1) % count);
            long[] corner = corners.get(i);
            long[] after = corners.get((i + 1) % count);
            double cut = Math.min(length(before, corner), length(corner, after)) / 2.0;
            points.add(towards(corner, before, cut));
            points.add(towards(corner, after, cut));
        }
        List<PlanePoint> distinct = new ArrayList<>();
        for (PlanePoint point : points) {
            if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).equals(point)) {
                distinct.add(point);
            }
        }
        if (distinct.size() > 1 && distinct.get(0).equals(distinct.get(distinct.size() - 1))) {
            distinct.remove(distinct.size() - 1);
        }
        return distinct;
    }

    private static long length(long[] a, long[] b) {
        return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
    }

    private PlanePoint towards(long[] corner, long[] other, double by) {
        return new PlanePoint(
                (corner[0] + by * Long.signum(other[0] - corner[0])) / units,
                (corner[1] + by * Long.signum(other[1] - corner[1])) / units);
    }
}
