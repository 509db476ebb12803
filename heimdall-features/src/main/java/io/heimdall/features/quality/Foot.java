package io.heimdall.features.quality;

import io.heimdall.features.quality.Circle.Arc;

/**
 * Where the slope of a hump ends, on one side.
 *
 * @param distance cells from the hump's edge
 * @param wall whether the slope ends with a fall of more than 20 dB at once
 */
record Foot(int distance, boolean wall) {

    /** Walks down from the edge of a hump. */
    static Foot of(Cells cells, double[] level, Arc arc, int direction) {
        int size = level.length;
        int step = Math.max(cells.least(6, 1), Math.max(size / 256, arc.length() / 8));
        int edge = direction < 0 ? arc.first() : arc.last(size);
        double fall = Math.max(0.8, 13 / Math.sqrt(cells.frames() * Math.max(1, step * cells.lines() / 1.5)));
        int way = 0;
        double here = mean(level, edge, direction, way, step);
        while (way < size / 3) {
            int wall = wall(cells, level, edge, direction, way, step);
            if (wall >= 0) {
                return new Foot(wall, true);
            }
            double next = mean(level, edge, direction, way + step, step);
            if (10 * Math.log10(here / next) < fall) {
                break;
            }
            here = next;
            way += step;
        }
        int distance = way == 0 ? 0 : way + step / 2;
        int foot = distance + cells.least(3, 1);
        double ground = mean(level, edge, direction, foot + step / 2, step);
        double highest = 0;
        for (int k = 0; k < Math.max(cells.least(12, 2), (int) (0.006 * size)); k++) {
            highest = Math.max(highest, level[Math.floorMod(edge + direction * (foot - k), size)]);
        }
        return new Foot(distance, highest > 100 * ground);
    }

    /** Returns the way to where the level falls by 15 dB at once, -1 where it does not. */
    private static int wall(Cells cells, double[] level, int edge, int direction, int from, int count) {
        int width = cells.least(12, 2);
        for (int k = from; k < from + count; k++) {
            double before = level[Math.floorMod(edge + direction * k, level.length)];
            double after = level[Math.floorMod(edge + direction * (k + width), level.length)];
            if (before > 30 * after) {
                return k + width - 1;
            }
        }
        return -1;
    }

    private static double mean(double[] level, int edge, int direction, int way, int width) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += level[Math.floorMod(edge + direction * (way + k - width / 2), level.length)];
        }
        return sum / width;
    }
}
