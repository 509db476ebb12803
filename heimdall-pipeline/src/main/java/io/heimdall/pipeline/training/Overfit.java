package io.heimdall.pipeline.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of letting a network learn a few sessions by heart, which any sound training can.
 *
 * @param settings of the training that was tried
 * @param sessions that were to be learned
 * @param steps that were done
 * @param firstLoss of the first step
 * @param lastLoss of the last step
 * @param share sigma of the normal distribution whose likelihood the network's answers have, as a part of the spread of the places;
 *     near 0 where all were learned
 * @param learned whether the share is at most {@link #NEAR_ZERO}, and no session is confused with another of its batch
 * @param faults what is probably wrong, where they were not learned
 */
public record Overfit(
        TrainingSettings settings,
        int sessions,
        long steps,
        double firstLoss,
        double lastLoss,
        double share,
        boolean learned,
        List<String> faults) {
    /** The share of the places' spread below which a loss counts as near zero, since a likelihood has no zero. */
    public static final double NEAR_ZERO = 0.1;

    /** Copies the list. */
    public Overfit {
        faults = List.copyOf(faults);
    }

    /** Returns the result as values for JSON; numbers that are not finite are null. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("overfit", sessions);
        summary.put("learned", learned);
        summary.put("network", settings.network());
        summary.put("backend", settings.backend().orElse(null));
        summary.put("steps", steps);
        summary.put("first_loss", finite(firstLoss));
        summary.put("last_loss", finite(lastLoss));
        summary.put("sigma_share", finite(share));
        summary.put("faults", faults);
        return summary;
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
