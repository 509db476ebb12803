package io.heimdall.features.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Operations on values that stand on a circle, as the lines of a spectrum do: the highest frequency is beside the lowest.
 */
final class Circle {
    private Circle() {}

    /**
     * Successive places.
     *
     * @param first the first one
     * @param length how many, at most the circle's size
     */
    record Arc(int first, int length) {

        /** Returns the place of an index, which may lie outside of the arc. */
        int at(int index, int size) {
            return Math.floorMod(first + index, size);
        }

        int last(int size) {
            return at(length - 1, size);
        }
    }

    /**
     * Finds the arcs whose places have a property.
     *
     * @param bridged the longest row of places without it that does not part an arc
     */
    static List<Arc> arcs(int size, int bridged, IntPredicate property) {
        int start = 0;
        while (start < size && property.test(start)) {
            start++;
        }
        if (start == size) {
            return List.of(new Arc(0, size));
        }
        List<Arc> arcs = new ArrayList<>();
        int first = -1;
        int last = -1;
        for (int k = 0; k < size; k++) {
            if (property.test((start + k) % size)) {
                if (first >= 0 && k - last > bridged + 1) {
                    arcs.add(new Arc((start + first) % size, last - first + 1));
                    first = -1;
                }
                first = first < 0 ? k : first;
                last = k;
            }
        }
        if (first >= 0) {
            arcs.add(new Arc((start + first) % size, last - first + 1));
        }
        return arcs;
    }

    /**
     * Returns for each place the value below which a share of the values about it lies.
     *
     * @param width how many values about it, itself in the middle
     * @param share 0..1
     */
    static double[] quantile(double[] values, int width, double share) {
        int size = values.length;
        int count = Math.min(width, size);
        int rank = (int) (share * (count - 1));
        double[] sorted = new double[count];
        for (int k = 0; k < count; k++) {
            sorted[k] = values[Math.floorMod(k - count / 2, size)];
        }
        Arrays.sort(sorted);
        double[] quantiles = new double[size];
        for (int k = 0; k < size; k++) {
            quantiles[k] = sorted[rank];
            if (count < size) {
                double gone = values[Math.floorMod(k - count / 2, size)];
                double come = values[Math.floorMod(k - count / 2 + count, size)];
                replace(sorted, gone, come);
            }
        }
        return quantiles;
    }

    private static void replace(double[] sorted, double gone, double come) {
        int k = Arrays.binarySearch(sorted, gone);
        for (; k + 1 < sorted.length && sorted[k + 1] < come; k++) {
            sorted[k] = sorted[k + 1];
        }
        for (; k > 0 && sorted[k - 1] > come; k--) {
            sorted[k] = sorted[k - 1];
        }
        sorted[k] = come;
    }

    /**
     * Cuts off what is higher than its surroundings and narrower than about half of a width; keeps edges and what is wider
     * as they are: the upper quartile of the lower quartiles (a morphological opening by ranks).
     */
    static double[] opening(double[] values, int width) {
        return quantile(quantile(values, width, 0.25), width, 0.75);
    }

    /**
     * Replaces the values of marked places by a straight line between the means of those beside.
     *
     * @param span how many values beside are averaged; fewer where other marked places follow
     */
    static void bridge(double[] values, boolean[] marked, int span) {
        int size = values.length;
        List<Arc> arcs = arcs(size, 0, k -> marked[k]);
        if (arcs.size() == 1 && arcs.get(0).length() == size) {
            return;
        }
        for (Arc arc : arcs) {
            double before = beside(values, marked, arc.first(), -1, span);
            double after = beside(values, marked, arc.last(size), 1, span);
            for (int k = 0; k < arc.length(); k++) {
                double way = (k + 1.0) / (arc.length() + 1);
                values[arc.at(k, size)] = before * (1 - way) + after * way;
            }
        }
    }

    static double beside(double[] values, boolean[] marked, int place, int direction, int span) {
        double sum = 0;
        int count = 0;
        for (int k = 1; k < values.length && count < span; k++) {
            int at = Math.floorMod(place + direction * k, values.length);
            if (!marked[at]) {
                sum += values[at];
                count++;
            } else if (count >= 3) {
                break;
            }
        }
        return sum / count;
    }
}
