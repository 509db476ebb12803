package io.heimdall.model.train;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The table of the numbers that each epoch reports: their keys in JSON, and the names of their series in the record of a run.
 *
 * <p>Files, the service and the records of former trainings have these names, so that none may change.
 */
public enum EpochMetric {
    /** {@link EpochMetrics#trainingLoss()}. */
    TRAINING_LOSS("training_loss", "train/loss", "pretrain/loss", epoch -> OptionalDouble.of(epoch.trainingLoss())),
    /** {@link EpochMetrics#gradientNorm()}. */
    GRADIENT_NORM(
            "gradient_norm",
            "train/gradient_norm",
            "pretrain/gradient_norm",
            epoch -> OptionalDouble.of(epoch.gradientNorm())),
    /** {@link EpochMetrics#learningRate()}. */
    LEARNING_RATE(
            "learning_rate",
            "train/learning_rate",
            "pretrain/learning_rate",
            epoch -> OptionalDouble.of(epoch.learningRate())),
    /** {@link EpochMetrics#duration()}, in seconds. */
    SECONDS(
            "seconds",
            "train/seconds",
            "pretrain/seconds",
            epoch -> OptionalDouble.of(epoch.duration().toMillis() / 1000.0)),
    /** {@link EpochMetrics#validationNll()}. */
    VALIDATION_NLL("validation_nll", "validation/nll", "pretrain/validation_nll", EpochMetrics::validationNll),
    /** {@link EpochMetrics#validationError()}. */
    VALIDATION_ERROR(
            "validation_error", "validation/error", "pretrain/validation_error", EpochMetrics::validationError);

    private final String key;
    private final String series;
    private final String pretrainingSeries;
    private final Function<EpochMetrics, OptionalDouble> value;

    EpochMetric(String key, String series, String pretrainingSeries, Function<EpochMetrics, OptionalDouble> value) {
        this.key = key;
        this.series = series;
        this.pretrainingSeries = pretrainingSeries;
        this.value = value;
    }

    /** Returns the key in checkpoints, in jobs and in the service's answers. */
    public String key() {
        return key;
    }

    /** Returns the name of the series over the epochs of a training. */
    public String series() {
        return series;
    }

    /** Returns the name of the series over the epochs of a pretraining. */
    public String pretrainingSeries() {
        return pretrainingSeries;
    }

    /** Returns the number of an epoch; empty where the epoch has none. */
    public OptionalDouble of(EpochMetrics epoch) {
        return value.apply(epoch);
    }
}
