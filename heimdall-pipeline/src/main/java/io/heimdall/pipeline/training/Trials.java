package io.heimdall.pipeline.training;

import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.data.TrainingData;
import java.io.IOException;
import java.util.List;

/**
 * Tries a training before it is begun. Nothing is recorded, and nothing is left behind.
 *
 * @param pipeline that would train
 */
public record Trials(TrainingPipeline pipeline) {
    /**
     * Tries a training in little: about a batch of sessions of each side goes through every phase, in seconds. What the training
     * needs at its end is looked for as {@link TrainingPipeline#train} does; the model goes nowhere.
     *
     * @return what each phase took, and an estimate of the whole training
     * @throws IOException as {@link TrainingPipeline#train} does, with the other exceptions
     */
    public DryRun dryRun(TrainingSettings settings) throws IOException {
        TrainingBackend backend = pipeline.checked(settings);
        TrainingSettings decided = settings.decided().withBackend(backend.id());
        double kept = new TrainingSpace(pipeline.source(), pipeline.working(), settings).keptShare();
        return new Trial(pipeline.source(), kept, decided).run(pipeline.listener());
    }

    /**
     * Looks for a learning rate: a new network learns from the training sessions for at most 200 steps while the rate rises from 1e-7
     * to 1. Pretraining and folds are left out.
     *
     * @throws IllegalArgumentException if a setting cannot be used, or the training would begin with weights
     * @throws IOException as {@link TrainingPipeline#train} does, with the other exceptions
     */
    public RateSearch learningRate(TrainingSettings settings) throws IOException {
        if (settings.initial().isPresent() || settings.pretrained().isPresent()) {
            throw new IllegalArgumentException("a learning rate is looked for with new weights: leave out '"
                    + (settings.initial().isPresent() ? "initial" : "pretrained") + "'");
        }
        TrainingBackend backend = checked(settings);
        return new RateTrial(pipeline.source(), backend, single(settings, backend)).run(pipeline.listener());
    }

    /**
     * Lets the network of a training learn a few of its training sessions by heart, which a sound training can. Pretraining, initial
     * weights, folds, dropout, augmentation and weight decay are left out.
     *
     * @param sessions to learn, at least 2
     * @return whether they were learned, and else what is probably wrong
     * @throws IllegalArgumentException if a setting cannot be used, or there are less than 2 sessions to learn
     * @throws PipelineException if there are fewer training sessions
     * @throws IOException as {@link TrainingPipeline#train} does, with the other exceptions
     */
    public Overfit overfit(TrainingSettings settings, int sessions) throws IOException {
        if (sessions < 2) {
            throw new IllegalArgumentException("overfitting on " + sessions + " sessions; at least 2 are needed");
        }
        TrainingBackend backend = checked(settings);
        return new OverfitTrial(pipeline.source(), backend, single(settings, backend), sessions)
                .run(pipeline.listener());
    }

    /** Checks what a trial of the network alone needs. */
    private TrainingBackend checked(TrainingSettings settings) throws IOException {
        SettingsCheck.of(settings);
        Selection.check(pipeline.source().catalog(), settings.data().filter(), settings.producer());
        return TrainingPipeline.backend(settings);
    }

    /** Returns the settings of a single network, as a run keeps them. */
    private static TrainingSettings single(TrainingSettings settings, TrainingBackend backend) {
        return settings.withData(settings.data().withoutFolds()).decided().withBackend(backend.id());
    }

    /**
     * Looks for what a training needs at its beginning and its end, and returns how its sessions are split.
     *
     * @throws IOException as {@link TrainingPipeline#train} does, with the other exceptions
     */
    public List<SplitSessions> check(TrainingSettings settings) throws IOException {
        pipeline.checked(settings);
        return TrainingData.splits(pipeline.source().catalog(), settings.data(), settings.producer());
    }
}
