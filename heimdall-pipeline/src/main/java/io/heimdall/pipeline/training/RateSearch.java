package io.heimdall.pipeline.training;

import io.heimdall.pipeline.report.RatePng;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The result of a search for a learning rate: the loss while the rate rises from step to step.
 *
 * @param settings of the training
 * @param points of the steps, in their order
 * @see <a href="https://doi.org/10.1109/WACV.2017.58">Smith, Cyclical learning rates for training neural networks, 2017</a>
 */
public record RateSearch(TrainingSettings settings, List<Point> points) {
    /** A loss that falls by less of its first value, or of one, does not fall. */
    private static final double FALL = 0.01;
    /** Steps to either side over which a slope is taken: half a decade of the rate, as fewer show the noise of the batches. */
    private static final int REACH = 14;
    /** Steps whose smoothed loss is that of too few batches. */
    private static final int FIRST = 10;

    /**
     * A step.
     *
     * @param rate learning rate
     * @param loss of its batches, before its update
     * @param smoothed mean of this loss and the former ones, which count the less the longer ago they are
     */
    public record Point(double rate, double loss, double smoothed) {}

    /** Copies the list. */
    public RateSearch {
        points = List.copyOf(points);
    }

    /** Draws the smoothed loss over the rate, with the suggested rate, as a PNG file. */
    public void draw(Path file) throws IOException {
        RatePng.write(
                file,
                points.stream().mapToDouble(Point::rate).toArray(),
                points.stream().mapToDouble(Point::smoothed).toArray(),
                suggested());
    }

    /** Returns the rate at which the smoothed loss is lowest; empty if it has not fallen. */
    public OptionalDouble lowest() {
        int at = lowestIndex();
        return fallen(at) ? OptionalDouble.of(points.get(at).rate()) : OptionalDouble.empty();
    }

    /** Returns the rate at which the smoothed loss falls fastest over the logarithm of the rate; empty if it has not fallen. */
    public OptionalDouble suggested() {
        int lowest = lowestIndex();
        if (!fallen(lowest)) {
            return OptionalDouble.empty();
        }
        int steepest = lowest;
        double least = 0;
        for (int i = FIRST; i <= lowest; i++) {
            double slope = slope(i);
            if (slope < least) {
                least = slope;
                steepest = i;
            }
        }
        return OptionalDouble.of(points.get(steepest).rate());
    }

    private boolean fallen(int lowest) {
        if (points.size() <= FIRST || lowest <= FIRST) {
            return false;
        }
        double first = points.get(FIRST).smoothed();
        return first - points.get(lowest).smoothed() > FALL * Math.max(1, Math.abs(first));
    }

    private int lowestIndex() {
        int lowest = Math.min(FIRST, points.size() - 1);
        for (int i = lowest; i < points.size(); i++) {
            if (points.get(i).smoothed() < points.get(lowest).smoothed()) {
                lowest = i;
            }
        }
        return lowest;
    }

    private double slope(int i) {
        Point from = points.get(Math.max(FIRST, i - REACH));
        Point to = points.get(Math.min(points.size() - 1, i + REACH));
        return (to.smoothed() - from.smoothed()) / (Math.log(to.rate()) - Math.log(from.rate()));
    }

    /** Returns the result as values for JSON; what is not known is null. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "suggested_learning_rate", suggested().isPresent() ? suggested().getAsDouble() : null);
        summary.put("lowest_loss_at", lowest().isPresent() ? lowest().getAsDouble() : null);
        summary.put("network", settings.network());
        summary.put("backend", settings.backend().orElse(null));
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Point point : points) {
            steps.add(Map.of("rate", point.rate(), "loss", point.loss(), "smoothed", point.smoothed()));
        }
        summary.put("steps", steps);
        return summary;
    }
}
