package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingProfile;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.Map;
import java.util.Optional;

/** What a training has brought, as the user reads it. */
final class TrainingReport {
    private TrainingReport() {}

    /** Shows a training, and where its time went if that was measured. */
    static void show(TrainingOutcome outcome, Optional<TrainingProfile> profile, Output output) {
        outcome.evaluation().ifPresent(evaluation -> {
            output.say("");
            EvaluationTable.lines(evaluation).forEach(output::say);
        });
        output.say("");
        output.say("Best epoch  " + outcome.bestEpoch());
        output.say("Model       " + outcome.onnx());
        output.say("Version     " + outcome.modelName() + " v" + outcome.modelVersion() + " (" + TrainingSettings.ALIAS
                + ")");
        output.say("Run         " + outcome.runId());
        outcome.evidence()
                .ifPresent(fitted ->
                        fitted.facts().forEach((name, fact) -> output.say("Evidence    " + name + ": " + fact)));
        outcome.report().ifPresent(report -> output.say("Report      " + report));
        profile.ifPresent(measured -> {
            output.say("");
            ProfileTable.lines(measured).forEach(output::say);
        });
        Map<String, Object> summary = outcome.summary();
        profile.ifPresent(measured -> summary.put("profile", measured.summary()));
        output.json(summary);
    }
}
