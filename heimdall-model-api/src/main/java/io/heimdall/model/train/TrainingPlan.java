package io.heimdall.model.train;

import io.heimdall.model.loss.Likelihood;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.output.OutputSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The settings of a training run.
 *
 * @param epochs at most, at least 1
 * @param batchSize rows per step, at least 2: batch norm has no variance of one row
 * @param learningRate largest one; the schedule scales it
 * @param weightDecay decoupled, see {@link io.heimdall.model.optimizer.AdamW}
 * @param clipNorm largest global gradient norm, or infinity
 * @param loss to minimise
 * @param schedule of the learning rate
 * @param patience epochs without a better one after which the run stops, at least 1
 * @param frozenEpochs epochs at the start that train the heads alone; with the first epoch behind them the optimiser
 *     begins anew, so that the backbone's weights get moments as the heads' did
 * @param maxMinutes the run ends after the epoch that reaches so many minutes of training and validation; above 0, or infinity
 * @param best what makes an epoch better than another, and how many are kept
 * @param updates what is done about the weights beside the optimiser's step
 * @param seed of the shuffling and, through the session's options, of initial weights and dropout
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        double learningRate,
        double weightDecay,
        double clipNorm,
        Loss loss,
        Schedule schedule,
        int patience,
        int frozenEpochs,
        double maxMinutes,
        BestEpochs best,
        WeightUpdates updates,
        long seed) {
    /** Checks the ranges. */
    public TrainingPlan {
        require(epochs >= 1, "epochs " + epochs + " is not at least 1");
        require(batchSize >= 2, "batch size " + batchSize + " is not at least 2");
        require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning rate " + learningRate + " is not a finite number above 0");
        require(
                weightDecay >= 0 && Double.isFinite(weightDecay),
                "weight decay " + weightDecay + " is not a finite number of at least 0");
        require(clipNorm > 0, "clip norm " + clipNorm + " is not above 0");
        require(patience >= 1, "patience " + patience + " is not at least 1");
        require(maxMinutes > 0, "max minutes " + maxMinutes + " is not above 0");
        require(frozenEpochs >= 0, "frozen epochs " + frozenEpochs + " is not at least 0");
    }

    /**
     * Makes a plan that trains the backbone from the first epoch on, has all the time it needs, judges epochs by their validation loss
     * and keeps the best one, without an average of the weights.
     */
    public TrainingPlan(
            int epochs,
            int batchSize,
            double learningRate,
            double weightDecay,
            double clipNorm,
            Loss loss,
            Schedule schedule,
            int patience,
            long seed) {
        this(
                epochs,
                batchSize,
                learningRate,
                weightDecay,
                clipNorm,
                loss,
                schedule,
                patience,
                0,
                Double.POSITIVE_INFINITY,
                BestEpochs.DEFAULT,
                WeightUpdates.PLAIN,
                seed);
    }

    /**
     * Returns the defaults: 40 epochs, batches of 32, learning rate 1e-3 with warm-up and cosine, weight decay 1e-4,
     * clip norm 1, the likelihood of the network's output, patience 10.
     */
    public static TrainingPlan seeded(long seed) {
        return new TrainingPlan(40, 32, 1e-3, 1e-4, 1.0, new Likelihood(), Schedule.WarmupCosine.DEFAULT, 10, seed);
    }

    /** Returns this plan with another number of epochs. */
    public TrainingPlan withEpochs(int epochs) {
        return changed(draft -> draft.epochs = epochs);
    }

    /** Returns this plan with another batch size. */
    public TrainingPlan withBatchSize(int batchSize) {
        return changed(draft -> draft.batchSize = batchSize);
    }

    /** Returns this plan with another learning rate and weight decay. */
    public TrainingPlan withRates(double learningRate, double weightDecay) {
        return changed(draft -> {
            draft.learningRate = learningRate;
            draft.weightDecay = weightDecay;
        });
    }

    /** Returns this plan with another seed. */
    public TrainingPlan withSeed(long seed) {
        return changed(draft -> draft.seed = seed);
    }

    /** Returns this plan with another clip norm. */
    public TrainingPlan withClipNorm(double clipNorm) {
        return changed(draft -> draft.clipNorm = clipNorm);
    }

    /** Returns this plan with another loss. */
    public TrainingPlan withLoss(Loss loss) {
        return changed(draft -> draft.loss = loss);
    }

    /**
     * Returns this plan with the loss that it means for an output: the likelihood becomes the form that is usual for the output.
     *
     * @throws IllegalArgumentException if the loss does not fit the output; the message lists those that do
     */
    public TrainingPlan decidedFor(OutputSpec output) {
        if (!loss.fits(output)) {
            List<String> fitting = Losses.names().stream()
                    .filter(name -> Losses.named(name).fits(output))
                    .toList();
            throw new IllegalArgumentException("loss '" + loss.name() + "' does not fit the network's output, "
                    + output.text() + "; there are " + String.join(", ", fitting) + " for it");
        }
        return loss instanceof Likelihood ? withLoss(Likelihood.of(output)) : this;
    }

    /** Returns this plan with another schedule. */
    public TrainingPlan withSchedule(Schedule schedule) {
        return changed(draft -> draft.schedule = schedule);
    }

    /** Returns this plan with another patience. */
    public TrainingPlan withPatience(int patience) {
        return changed(draft -> draft.patience = patience);
    }

    /** Returns this plan with the backbone frozen for so many epochs at the start. */
    public TrainingPlan withFrozenEpochs(int frozenEpochs) {
        return changed(draft -> draft.frozenEpochs = frozenEpochs);
    }

    /** Returns this plan with a limit of its time, or infinity for none. */
    public TrainingPlan withMaxMinutes(double maxMinutes) {
        return changed(draft -> draft.maxMinutes = maxMinutes);
    }

    /** Returns this plan with another choice of the best epochs. */
    public TrainingPlan withBest(BestEpochs best) {
        return changed(draft -> draft.best = best);
    }

    /** Returns this plan with other updates of the weights. */
    public TrainingPlan withUpdates(WeightUpdates updates) {
        return changed(draft -> draft.updates = updates);
    }

    private TrainingPlan changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.plan();
    }

    /** A plan before it is made: one change names one component, not all of them. */
    private static final class Draft {
        private int epochs;
        private int batchSize;
        private double learningRate;
        private double weightDecay;
        private double clipNorm;
        private Loss loss;
        private Schedule schedule;
        private int patience;
        private int frozenEpochs;
        private double maxMinutes;
        private BestEpochs best;
        private WeightUpdates updates;
        private long seed;

        Draft(TrainingPlan plan) {
            epochs = plan.epochs;
            batchSize = plan.batchSize;
            learningRate = plan.learningRate;
            weightDecay = plan.weightDecay;
            clipNorm = plan.clipNorm;
            loss = plan.loss;
            schedule = plan.schedule;
            patience = plan.patience;
            frozenEpochs = plan.frozenEpochs;
            maxMinutes = plan.maxMinutes;
            best = plan.best;
            updates = plan.updates;
            seed = plan.seed;
        }

        TrainingPlan plan() {
            return new TrainingPlan(
                    epochs,
                    batchSize,
                    learningRate,
                    weightDecay,
                    clipNorm,
                    loss,
                    schedule,
                    patience,
                    frozenEpochs,
                    maxMinutes,
                    best,
                    updates,
                    seed);
        }
    }

    /** Returns how many samples an epoch uses: all, or all but one where the last batch would have a single row. */
    public int used(int samples) {
        return samples % batchSize == 1 ? samples - 1 : samples;
    }

    /**
     * Returns the settings of one step.
     *
     * @param backbone prefixes of the weights that stay as they are for {@link #frozenEpochs()}
     */
    OptimizerStep step(long step, int epoch, int stepsPerEpoch, double rate, List<String> backbone) {
        boolean frozen = epoch <= frozenEpochs;
        long update = frozen ? step : step - (long) frozenEpochs * stepsPerEpoch;
        return new OptimizerStep(step, rate, weightDecay, clipNorm, update, frozen ? backbone : List.of());
    }

    /** Returns every setting as text, for records of the run; equal for equal plans only. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("epochs", Integer.toString(epochs));
        settings.put("batch_size", Integer.toString(batchSize));
        settings.put("learning_rate", Double.toString(learningRate));
        settings.put("weight_decay", Double.toString(weightDecay));
        settings.put("clip_norm", Double.toString(clipNorm));
        settings.put("loss", loss.toString());
        settings.put("schedule", schedule.toString());
        settings.put("patience", Integer.toString(patience));
        settings.put("frozen_epochs", Integer.toString(frozenEpochs));
        if (Double.isFinite(maxMinutes)) { // runs that were begun before there was such a limit have no such setting
            settings.put("max_minutes", Double.toString(maxMinutes));
        }
        if (!best.equals(BestEpochs.DEFAULT)) {
            settings.put("stop_by", best.by().key());
            settings.put("keep", Integer.toString(best.keep()));
        }
        if (updates.accumulate() > 1) {
            settings.put("accumulate", Integer.toString(updates.accumulate()));
        }
        updates.averageDecay().ifPresent(decay -> settings.put("ema", Double.toString(decay)));
        settings.put("seed", Long.toString(seed));
        return settings;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
