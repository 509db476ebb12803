package io.heimdall.pipeline.training;

import io.heimdall.export.EnsembleMember;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

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

    /**
     * Returns the weights of all members of an ensemble, with their epochs one after the other: the best one is that of the member of
     * the least loss, and the loss the mean over the members.
     */
    static Kept ofMembers(List<Kept> members, TrainingPlan plan) {
        List<EpochMetrics> history = new ArrayList<>();
        int best = NO_EPOCH;
        double least = Double.POSITIVE_INFINITY;
        long steps = 0;
        List<TrainingResult.End> ends = new ArrayList<>();
        for (Kept member : members) {
            TrainingResult result = member.result();
            if (member.loss() < least) {
                least = member.loss();
                best = member.arePretrained() ? NO_EPOCH : history.size() + result.bestEpoch();
            }
            for (EpochMetrics epoch : result.history()) {
                history.add(later(epoch, history.size() + 1 - epoch.epoch(), steps));
            }
            steps = history.get(history.size() - 1).step();
            ends.add(result.end());
        }
        TrainingResult.End end = Stream.of(TrainingResult.End.OUT_OF_TIME, TrainingResult.End.STOPPED_EARLY)
                .filter(ends::contains)
                .findFirst()
                .orElse(TrainingResult.End.COMPLETED);
        Weights weights = EnsembleMember.joined(
                members.stream().map(member -> member.result().weights()).toList());
        double mean = members.stream().mapToDouble(Kept::loss).average().orElseThrow();
        EpochMetrics metrics = new EpochMetrics(
                best, steps, mean, 0, 0, OptionalDouble.of(mean), OptionalDouble.empty(), Duration.ZERO);
        return new Kept(new TrainingResult(end, best, weights, history), metrics, plan);
    }

    /** Returns an epoch after others. */
    static EpochMetrics later(EpochMetrics epoch, int epochsBefore, long stepsBefore) {
        return new EpochMetrics(
                epoch.epoch() + epochsBefore,
                epoch.step() + stepsBefore,
                epoch.trainingLoss(),
                epoch.gradientNorm(),
                epoch.learningRate(),
                epoch.validationNll(),
                epoch.validationError(),
                epoch.duration());
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
        Map<String, String> parameters =
                new LinkedHashMap<>(TrainingFields.table().parameters(settings));
        if (plan.learningRate() != settings.plan().learningRate()) {
            parameters.putAll(refiningRate(plan));
        }
        return parameters;
    }

    /** Returns the parameter that tells of the learning rate after a pretraining. */
    static Map<String, String> refiningRate(TrainingPlan plan) {
        return Map.of("refining_learning_rate", Double.toString(plan.learningRate()));
    }
}
