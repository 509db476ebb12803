package io.heimdall.pipeline.training;

import io.heimdall.model.backend.TrainingBackend;
import java.io.IOException;

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
        long kept = new TrainingSpace(pipeline.source(), pipeline.working(), settings).keptFeatures();
        return new Trial(pipeline.source(), kept, decided).run(pipeline.listener());
    }
}
