package io.heimdall.pipeline.training;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights that a training keeps.
 *
 * @param result with the weights; its best epoch is {@link #NO_EPOCH} where they are those of the pretraining
 * @param metrics of the epoch that the weights are from, which may be one of the pretraining
 * @param plan that the recorded sessions were learned by
 */
record Kept(TrainingResult result, EpochMetrics metrics, TrainingPlan plan) {
    /** Number of the best epoch where no epoch is better than the pretrained weights. */
    static final int NO_EPOCH = 0;

    /** Returns the weights of the best epoch. */
    static Kept best(TrainingResult result, TrainingPlan plan) {
        return new Kept(result, metrics(result), plan);
    }

    /** Returns the pretrained weights, after recorded sessions have not improved them. */
    static Kept pretrained(TrainingResult pretraining, TrainingResult refined, TrainingPlan plan) {
        TrainingResult result = new TrainingResult(refined.end(), NO_EPOCH, pretraining.weights(), refined.history());
        return new Kept(result, metrics(pretraining), plan);
    }

    private static EpochMetrics metrics(TrainingResult result) {
        return result.history().get(result.bestEpoch() - 1);
    }

    boolean arePretrained() {
        return result.bestEpoch() == NO_EPOCH;
    }

    /** Returns the loss on the validation split, or in training where that split is empty. */
    double loss() {
        return metrics.validationNll().orElse(metrics.trainingLoss());
    }

    /** Returns the settings' parameters, with the learning rate after a pretraining where there was one. */
    Map<String, String> parameters(TrainingSettings settings) {
        Map<String, String> parameters = new LinkedHashMap<>(settings.parameters());
        if (plan.learningRate() != settings.plan().learningRate()) {
            parameters.putAll(TrainingTrack.refiningRate(plan));
        }
        return parameters;
    }
}
