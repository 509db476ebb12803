package io.heimdall.localization.region;

import java.util.Arrays;
import java.util.List;

/**
 * The lines of a grid along one axis: as close as the narrowest of several spans at each place asks for, so that a narrow mode
 * within a wide one is seen without a fine grid everywhere.
 */
final class GridLines {
    /** More lines are thinned out evenly: this bounds time and memory. */
    static final int MOST = 400;

    private GridLines() {}

    /** A part of the axis in which lines are so close together, or closer. */
    record Span(double from, double to, double spacing) {}

    /** Returns the lines in ascending order, the first at {@code from}, the last at {@code to}. */
    static double[] between(double from, double to, List<Span> spans) {
        double coarser = 1;
        double[] lines = lines(from, to, spans, coarser);
        while (lines.length > MOST + spans.size()) {
            coarser *= 1.05 * lines.length / MOST;
            lines = lines(from, to, spans, coarser);
        }
        return lines;
    }

    private static double[] lines(double from, double to, List<Span> spans, double coarser) {
        double[] lines = new double[64];
        int count = 0;
        for (double at = from; at < to; at = next(at, to, spans, coarser)) {
            lines = count < lines.length - 1 ? lines : Arrays.copyOf(lines, 2 * lines.length);
            lines[count++] = at;
        }
        lines[count++] = to;
        return Arrays.copyOf(lines, count);
    }

    /** Returns the next line: no step jumps over the beginning of a span, which may be narrower than the step. */
    private static double next(double at, double to, List<Span> spans, double coarser) {
        double next = to;
        for (Span span : spans) {
            if (span.from <= at && at < span.to) {
                next = Math.min(next, at + coarser * span.spacing);
            } else if (at < span.from) {
                next = Math.min(next, span.from);
            }
        }
        return next > at ? next : to;
    }
}
