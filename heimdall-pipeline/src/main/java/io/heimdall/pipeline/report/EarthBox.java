package io.heimdall.pipeline.report;

import io.heimdall.localization.region.GroundPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A rectangle of the earth, in thousandths of a degree, that rings and lines are cut by. */
record EarthBox(int west, int south, int east, int north) {
    static final double PER_DEGREE = 1000;

    /** Degrees beyond the places, however near together they are. */
    private static final double ROOM = 0.5;

    /** A screen shows no more points along its side. */
    private static final int FINEST = 2500;

    /** Returns a rectangle that leaves room for a map of any shape. */
    static EarthBox around(List<GroundPoint> places) {
        double[] latitudes =
                places.stream().mapToDouble(GroundPoint::latitude).sorted().toArray();
        double[] longitudes =
                places.stream().mapToDouble(GroundPoint::longitude).sorted().toArray();
        double low = latitudes[0];
        double high = latitudes[latitudes.length - 1];
        double first = longitudes[0];
        double last = longitudes[longitudes.length - 1];
        double squeeze = Math.max(0.1, Math.cos(Math.toRadians((low + high) / 2)));
        double span = Math.max(high - low, (last - first) * squeeze);
        double up = 1.1 * span + ROOM;
        double side = (1.6 * span + ROOM) / squeeze;
        return new EarthBox(
                whole(Math.max(-180, (first + last) / 2 - side)),
                whole(Math.max(-85, (low + high) / 2 - up)),
                whole(Math.min(180, (first + last) / 2 + side)),
                whole(Math.min(85, (low + high) / 2 + up)));
    }

    private static int whole(double degrees) {
        return (int) Math.rint(degrees * PER_DEGREE);
    }

    boolean holds(int x, int y) {
        return x >= west && x <= east && y >= south && y <= north;
    }

    /** Returns the part of a closed ring inside, as steps: none or one ring, along the rectangle's edge where it was cut. */
    Stream<int[]> ring(int[] points) {
        int[] left = points;
        for (int edge = 0; edge < 4 && left.length > 0; edge++) {
            left = cut(left, edge);
        }
        int[] coarse = coarse(left);
        return coarse.length < 6 ? Stream.empty() : Stream.of(steps(coarse));
    }

    /** Cuts by one edge (Sutherland and Hodgman, 1974). */
    private int[] cut(int[] points, int edge) {
        int[] kept = new int[4 * points.length];
        int size = 0;
        for (int k = 0; k < points.length; k += 2) {
            int next = (k + 2) % points.length;
            long over = beyond(points[k], points[k + 1], edge);
            long under = beyond(points[next], points[next + 1], edge);
            if (over <= 0) {
                kept[size++] = points[k];
                kept[size++] = points[k + 1];
            }
            if (over < 0 && under > 0 || over > 0 && under < 0) {
                double share = over / (double) (over - under);
                int x = (int) Math.rint(points[k] + share * (points[next] - points[k]));
                int y = (int) Math.rint(points[k + 1] + share * (points[next + 1] - points[k + 1]));
                kept[size++] = edge == 0 ? west : edge == 1 ? east : x;
                kept[size++] = edge == 2 ? south : edge == 3 ? north : y;
            }
        }
        return Arrays.copyOf(kept, size);
    }

    private long beyond(int x, int y, int edge) {
        return switch (edge) {
            case 0 -> (long) west - x;
            case 1 -> (long) x - east;
            case 2 -> (long) south - y;
            default -> (long) y - north;
        };
    }

    /** Returns the pieces of a line that are inside or reach in, as steps. */
    Stream<int[]> pieces(int[] points) {
        List<int[]> pieces = new ArrayList<>();
        int from = -1;
        for (int k = 0; k + 3 < points.length; k += 2) {
            boolean inside = holds(points[k], points[k + 1]) || holds(points[k + 2], points[k + 3]);
            if (inside && from < 0) {
                from = k;
            }
            if (from >= 0 && (!inside || k + 5 >= points.length)) {
                pieces.add(steps(coarse(Arrays.copyOfRange(points, from, inside ? k + 4 : k + 2))));
                from = -1;
            }
        }
        return pieces.stream();
    }

    /** Leaves points out that are nearer to the one before than a screen tells apart; the first and the last stay. */
    private int[] coarse(int[] points) {
        int least = Math.max(east - west, north - south) / FINEST;
        int[] kept = new int[points.length];
        int size = 0;
        for (int k = 0; k < points.length; k += 2) {
            boolean far = size == 0
                    || Math.abs(points[k] - kept[size - 2]) > least
                    || Math.abs(points[k + 1] - kept[size - 1]) > least;
            if (far || k + 2 == points.length) {
                kept[size++] = points[k];
                kept[size++] = points[k + 1];
            }
        }
        return Arrays.copyOf(kept, size);
    }

    private static int[] steps(int[] points) {
        int[] steps = points.clone();
        for (int k = points.length - 1; k > 1; k--) {
            steps[k] -= points[k - 2];
        }
        return steps;
    }
}
