package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.backend.TrainingSession;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.pipeline.input.Observation;
import io.heimdall.pipeline.input.SessionSamples;
import java.util.List;
import java.util.Set;

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
    /** Returns the group of each session; where all are of one group, each session counts by itself. */
    static List<String> names(List<Session> sessions, GroupBy groups) {
        List<String> names = sessions.stream().map(groups::groupOf).toList();
        return Set.copyOf(names).size() > 1
                ? names
                : sessions.stream().map(Session::id).toList();
    }

    /** Returns the better of both, and loads it into the session. */
    Kept better(TrainingResult pretraining, TrainingResult refined, TrainingPlan plan) {
        session.load(pretraining.weights());
        double[] before = new HeldOut(validation).of(session);
        session.load(refined.weights());
        double[] after = new HeldOut(validation).of(session);
        List<Session> sessions =
                validation.observations().stream().map(Observation::session).toList();
        if (PairedDifference.of(before, after, names(sessions, groups)).isLower()) {
            return Kept.best(refined, plan);
        }
        session.load(pretraining.weights());
        return Kept.pretrained(pretraining, refined, plan);
    }
}
