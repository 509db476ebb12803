package io.heimdall.pipeline.training;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.BestEpochs;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.settings.Caption;
import io.heimdall.pipeline.settings.Choice;
import io.heimdall.pipeline.settings.Decimal;
import io.heimdall.pipeline.settings.Field;
import io.heimdall.pipeline.settings.Fields;
import io.heimdall.pipeline.settings.Whole;
import io.heimdall.pipeline.settings.Word;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of the settings of a training's epochs. */
final class PlanFields {
    static final int MOST_EPOCHS = 1_000_000;

    private static final Fields<TrainingPlan> TABLE = new Fields<>(List.of(
            Field.of(
                    "epochs",
                    Whole.in(1, MOST_EPOCHS),
                    plan -> (long) plan.epochs(),
                    (plan, epochs) -> plan.withEpochs(Math.toIntExact(epochs)),
                    Caption.of("N", "Epochs, at most", "Largest number of epochs")
                            .shownFirst()),
            Field.of(
                    "batch_size",
                    Whole.in(2, 8192),
                    plan -> (long) plan.batchSize(),
                    (plan, size) -> plan.withBatchSize(Math.toIntExact(size)),
                    Caption.of("N", "Batch size", "Sessions per step").shownFirst()),
            Field.<TrainingPlan, Long>of(
                            "accumulate",
                            Whole.in(1, 1024),
                            plan -> (long) plan.updates().accumulate(),
                            (plan, batches) -> plan.withUpdates(plan.updates().accumulating(Math.toIntExact(batches))),
                            Caption.of(
                                    "N",
                                    "Batches per update",
                                    "Batches whose gradients make one update of the weights, where a large batch has no room"))
                    .recordedAs(plan -> plan.updates().accumulate() == 1
                            ? Optional.empty()
                            : Optional.of(Integer.toString(plan.updates().accumulate()))),
            Field.of(
                    "learning_rate",
                    Decimal.in("1e-9", "10"),
                    TrainingPlan::learningRate,
                    (plan, rate) -> plan.withRates(rate, plan.weightDecay()),
                    Caption.of("R", "Learning rate", "The largest learning rate of the schedule")
                            .shownFirst()),
            Field.of(
                    "weight_decay",
                    Decimal.in("0", "10"),
                    TrainingPlan::weightDecay,
                    (plan, decay) -> plan.withRates(plan.learningRate(), decay),
                    Caption.of("W", "Weight decay", "Decoupled weight decay of AdamW")),
            Field.of(
                    "clip_norm",
                    Decimal.in("1e-6", "1e9").orInfinite(),
                    TrainingPlan::clipNorm,
                    TrainingPlan::withClipNorm,
                    Caption.of("N", "Clip norm", "Largest gradient norm, or Infinity")),
            Field.of(
                    "schedule",
                    Word.of(Schedule::named, Schedule::text, Schedule::names),
                    TrainingPlan::schedule,
                    TrainingPlan::withSchedule,
                    Caption.of("NAME", "Schedule", "Schedule of the learning rate")),
            Field.of(
                    "loss",
                    Word.<Loss>of(Losses::named, Losses::text, Losses::names),
                    TrainingPlan::loss,
                    TrainingPlan::withLoss,
                    Caption.of("NAME", "Loss", "The loss that training minimises")),
            Field.of(
                    "patience",
                    Whole.in(1, MOST_EPOCHS),
                    plan -> (long) plan.patience(),
                    (plan, epochs) -> plan.withPatience(Math.toIntExact(epochs)),
                    Caption.of("N", "Patience, epochs", "Stop after so many epochs without a better validation loss")),
            Field.<TrainingPlan, EpochMetric>of(
                            "stop_by",
                            new Choice<>(BestEpochs.METRICS),
                            plan -> plan.best().by(),
                            (plan, by) ->
                                    plan.withBest(new BestEpochs(by, plan.best().keep())),
                            Caption.of(
                                    "METRIC",
                                    "Judge epochs by",
                                    "What makes an epoch better than another, for patience and for the weights that are kept:"
                                            + " validation-nll, validation-error (mean distance) or training-loss"))
                    .recordedAs(plan -> plan.best().by() == EpochMetric.VALIDATION_NLL
                            ? Optional.empty()
                            : Optional.of(plan.best().by().key())),
            Field.<TrainingPlan, Long>of(
                            "keep",
                            Whole.in(1, 1000),
                            plan -> (long) plan.best().keep(),
                            (plan, keep) ->
                                    plan.withBest(new BestEpochs(plan.best().by(), Math.toIntExact(keep))),
                            Caption.of("K", "Kept epochs", "Keep the checkpoints of the K best epochs"))
                    .recordedAs(plan -> plan.best().keep() == 1
                            ? Optional.empty()
                            : Optional.of(Integer.toString(plan.best().keep()))),
            Field.<TrainingPlan, Double>optional(
                    "ema",
                    Decimal.in("0.5", "0.999999"),
                    plan -> plan.updates().averageDecay().stream().boxed().findFirst(),
                    (plan, decay) -> plan.withUpdates(plan.updates()
                            .averaging(decay.map(OptionalDouble::of).orElseGet(OptionalDouble::empty))),
                    Caption.of(
                                    "DECAY",
                                    "Average of weights",
                                    "Evaluate and export an exponential moving average of the weights with this decay per step")
                            .usually("the weights themselves")),
            Field.<TrainingPlan, Double>optional(
                    "max_minutes",
                    Decimal.in("0.01", "100000"),
                    plan -> Optional.of(plan.maxMinutes()).filter(Double::isFinite),
                    (plan, minutes) -> plan.withMaxMinutes(minutes.orElse(Double.POSITIVE_INFINITY)),
                    Caption.of(
                                    "M",
                                    "Time limit, minutes",
                                    "End after the epoch that reaches so many minutes of pretraining and training, and keep the"
                                            + " best weights")
                            .usually("no limit"))));

    private PlanFields() {}

    /** Returns the table. */
    static Fields<TrainingPlan> table() {
        return TABLE;
    }
}
