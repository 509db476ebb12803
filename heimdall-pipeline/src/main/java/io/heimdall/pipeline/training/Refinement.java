package io.heimdall.pipeline.training;

import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.List;

/**
 * Decides between the weights of a pretraining and those that recorded sessions have made of them.
 *
 * <p>Where the fitted world is right there is nothing left to learn, and a few hundred sessions are learned by heart instead. The
 * pretrained weights therefore stay unless the others are better on the validation split by more than the standard error of the
 * difference.
 *
 * @param session of the training
 * @param validation samples
 * @param groups of which no session is independent of another
 */
record Refinement(TrainingSession session, SessionSamples validation, GroupBy groups) {
    /** Number of the best epoch where no epoch is better than the pretrained weights. */
    static final int NO_EPOCH = 0;

    /** Returns the better of both, and loads it into the session. */
    TrainingResult better(Weights pretrained, TrainingResult refined) {
        session.load(pretrained);
        double[] before = new HeldOut(validation).of(session);
        session.load(refined.weights());
        double[] after = new HeldOut(validation).of(session);
        List<String> names = validation.observations().stream()
                .map(Observation::session)
                .map(groups::groupOf)
                .toList();
        if (PairedDifference.of(before, after, names).isLower()) {
            return refined;
        }
        session.load(pretrained);
        return new TrainingResult(refined.end(), NO_EPOCH, pretrained, refined.history());
    }
}
