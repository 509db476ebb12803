package io.heimdall.model.train;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What makes one epoch better than another, and how many of the best ones keep their checkpoints.
 *
 * @param by the number that decides, the smaller the better: one of {@link #METRICS}
 * @param keep at least 1
 */
public record BestEpochs(EpochMetric by, int keep) {
    /** The numbers that may decide. */
    public static final List<EpochMetric> METRICS =
            List.of(EpochMetric.VALIDATION_NLL, EpochMetric.VALIDATION_ERROR, EpochMetric.TRAINING_LOSS);

    /** The validation loss decides, and the one best checkpoint is kept. */
    public static final BestEpochs DEFAULT = new BestEpochs(EpochMetric.VALIDATION_NLL, 1);

    /** Checks both. */
    public BestEpochs {
        if (!METRICS.contains(by)) {
            throw new IllegalArgumentException("epochs cannot be judged by " + by.key());
        }
        if (keep < 1) {
            throw new IllegalArgumentException("keep " + keep + " is not at least 1");
        }
    }

    /** Returns the number that decides; empty where the epoch has none. */
    OptionalDouble of(EpochMetrics epoch) {
        return by.of(epoch);
    }

    /** Returns the epochs to keep, the best one first; of equal ones the earlier. Empty where no epoch has the number. */
    List<Integer> among(List<EpochMetrics> history) {
        return history.stream()
                .filter(epoch -> of(epoch).orElse(Double.POSITIVE_INFINITY) < Double.POSITIVE_INFINITY)
                .sorted(Comparator.<EpochMetrics>comparingDouble(
                                epoch -> of(epoch).getAsDouble())
                        .thenComparingInt(EpochMetrics::epoch))
                .limit(keep)
                .map(EpochMetrics::epoch)
                .toList();
    }
}
