package io.heimdall.features.delay;

import java.util.ArrayList;
import java.util.List;

/**
 * Samples of the first recording whose times the second recording has too.
 *
 * @param a the piece of the first recording
 * @param b the piece of the second
 * @param first the first sample of the first recording
 * @param end the sample behind the last
 */
record Stretch(Piece a, Piece b, long first, long end) {
    /** What rounding to whole samples may need at either end. */
    private static final int MARGIN = 2;

    /** Returns the stretches that pieces share once they are aligned, in order. */
    static List<Stretch> of(List<Piece> piecesOfA, List<Piece> piecesOfB, Alignment alignment) {
        List<Stretch> shared = new ArrayList<>();
        for (int i = 0, j = 0; i < piecesOfA.size() && j < piecesOfB.size(); ) {
            Piece a = piecesOfA.get(i);
            Piece b = piecesOfB.get(j);
            double from = a.sampleAt(alignment.inFirst(b.secondsAt(b.first() + MARGIN)));
            double to = a.sampleAt(alignment.inFirst(b.secondsAt(b.end() - MARGIN)));
            long first = (long) Math.ceil(Math.max(a.first(), from));
            long end = (long) Math.floor(Math.min(a.end(), to));
            if (end > first) {
                shared.add(new Stretch(a, b, first, end));
            }
            if (to < a.end()) {
                j++;
            } else {
                i++;
            }
        }
        return shared;
    }

    static double seconds(List<Stretch> stretches) {
        return stretches.stream().mapToDouble(Stretch::seconds).sum();
    }

    double seconds() {
        return (end - first) / a.rateHz();
    }

    double from() {
        return a.secondsAt(first);
    }

    double to() {
        return a.secondsAt(end);
    }

    /** Returns at most so many samples of this, around its middle. */
    Stretch middle(long samples) {
        if (samples >= end - first) {
            return this;
        }
        long from = first + (end - first - samples) / 2;
        return new Stretch(a, b, from, from + samples);
    }

    /** Returns the parts of stretches within an interval of time. */
    static List<Stretch> within(List<Stretch> all, double from, double to) {
        List<Stretch> parts = new ArrayList<>();
        for (Stretch stretch : all) {
            long first = Math.max(stretch.first, (long) Math.ceil(stretch.a.sampleAt(from)));
            long end = Math.min(stretch.end, (long) Math.floor(stretch.a.sampleAt(to)));
            if (end > first) {
                parts.add(new Stretch(stretch.a, stretch.b, first, end));
            }
        }
        return parts;
    }
}
