package io.heimdall.app.command;

import io.heimdall.dataset.SessionFilter;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.versions.ModelComparison;
import io.heimdall.pipeline.versions.PromotionRule;
import io.heimdall.pipeline.versions.Promotions;
import io.heimdall.pipeline.versions.VersionComparison;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts a new version up against the champion: it gets an alias, and the comparison is printed. A version that cannot be compared is
 * registered all the same.
 *
 * @param source of the sessions to compare on
 * @param tracker that has the versions
 * @param output for the comparison
 */
record Challenge(SessionSource source, Tracker tracker, Output output) {

    /** Returns the comparison; empty if there is no other champion, or no session to compare on. */
    Optional<ModelComparison> of(TrainingOutcome outcome, PipelineListener listener) {
        try {
            return compared(outcome.modelName(), outcome.modelVersion(), listener);
        } catch (PipelineException | TrackingException | ModelException | IOException e) {
            output.note("Warning: v" + outcome.modelVersion()
                    + " is registered, but was not compared with the champion: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ModelComparison> compared(String name, int version, PipelineListener listener) throws IOException {
        tracker.alias(name, Promotions.CHALLENGER, version);
        Optional<ModelVersion> champion =
                tracker.byAlias(name, Promotions.CHAMPION).filter(holder -> holder.version() != version);
        output.say("");
        if (champion.isEmpty()) {
            output.say("Challenger  v" + version
                    + "; there is no champion to compare with: 'heimdall promote' makes it one");
            return Optional.empty();
        }
        ModelComparison comparison = new VersionComparison(source, tracker, name, SessionFilter.all())
                .of("v" + champion.get().version(), "v" + version, listener);
        ComparisonTable.lines(comparison).forEach(output::say);
        boolean notWorse = PromotionRule.USUAL.judge(comparison).notWorse();
        output.say("Challenger  v" + version + " is " + (notWorse ? "not " : "")
                + "worse than the champion by the rule of 'heimdall promote'");
        return Optional.of(comparison);
    }
}
