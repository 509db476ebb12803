package io.heimdall.pipeline.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what is probably wrong with a training that has not learned its sessions by heart.
 *
 * @param losses of all steps
 * @param alike two sessions of one input and different places, if there are any
 */
record OverfitFaults(List<Double> losses, Optional<String> alike) {
    /** Losses at either end that are compared. */
    private static final int WINDOW = 50;
    /** Sessions that are named. */
    private static final int NAMED = 5;
    /** Of a loss, or of one: less is no change. */
    private static final double CHANGE = 0.01;

    /** Returns the faults, one a line. */
    List<String> of(ByHeart fit) {
        List<String> faults = new ArrayList<>();
        alike.ifPresent(pair -> faults.add("the sessions " + pair
                + " look the same to the network and have different places: see their levels and recordings"));
        double first = mean(losses, 0);
        double middle = mean(losses, losses.size() / 2);
        double last = mean(losses, Math.max(0, losses.size() - WINDOW));
        double scale = Math.max(1, Math.abs(first));
        if (!falls(losses)) {
            faults.add(String.format(
                    Locale.ROOT,
                    "the loss has not fallen (%.3f, then %.3f): try a smaller or a larger --learning-rate",
                    first,
                    last));
        } else if (middle - last > CHANGE * scale) {
            faults.add(String.format(
                    Locale.ROOT,
                    "the loss still falls (%.3f at half of the steps, %.3f at the end): try a larger --learning-rate",
                    middle,
                    last));
        }
        if (fit.share() <= Overfit.NEAR_ZERO) {
            faults.add(
                    "the network knows where the places are, but not that of each session: its input may not tell these"
                            + " apart from others: "
                            + fit.confused().stream().limit(NAMED).collect(Collectors.joining(", ")));
        }
        if (faults.isEmpty()) {
            faults.add("the loss has stopped falling: the network may be too small, or --loss may not fit");
        }
        return faults;
    }

    /** Returns whether the last losses are lower than the first. */
    static boolean falls(List<Double> losses) {
        double first = mean(losses, 0);
        double last = mean(losses, Math.max(0, losses.size() - WINDOW));
        return first - last >= CHANGE * Math.max(1, Math.abs(first));
    }

    private static double mean(List<Double> losses, int from) {
        return losses.subList(from, Math.min(losses.size(), from + WINDOW)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
