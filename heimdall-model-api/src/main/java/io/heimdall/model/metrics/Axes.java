package io.heimdall.model.metrics;

import java.util.stream.IntStream;

/** Both axes of all sessions in one row, from the smallest sigma to the largest. */
record Axes(LocalisationErrors errors, int[] order) {
    private static final int MOST_BINS = 10;
    private static final int SMALLEST_BIN = 10;

    static Axes of(LocalisationErrors errors) {
        var unordered = new Axes(errors, IntStream.range(0, 2 * errors.size()).toArray());
        int[] order = IntStream.range(0, unordered.size())
                .boxed()
                .sorted((a, b) -> Double.compare(unordered.sigma(a), unordered.sigma(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Axes(errors, order);
    }

    int size() {
        return order.length;
    }

    double error(int i) {
        int k = order[i];
        return k % 2 == 0 ? errors.east()[k / 2] : errors.north()[k / 2];
    }

    double sigma(int i) {
        int k = order[i];
        return k % 2 == 0 ? errors.sigmaEast()[k / 2] : errors.sigmaNorth()[k / 2];
    }

    double ence() {
        int bins = Math.max(1, Math.min(MOST_BINS, size() / SMALLEST_BIN));
        double sum = 0;
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) size() * bin / bins);
            int to = (int) ((long) size() * (bin + 1) / bins);
            double variance = 0;
            double squares = 0;
            for (int i = from; i < to; i++) {
                variance += sigma(i) * sigma(i);
                squares += error(i) * error(i);
            }
            sum += Math.abs(Math.sqrt(variance) - Math.sqrt(squares)) / Math.sqrt(variance);
        }
        return sum / bins;
    }
}
