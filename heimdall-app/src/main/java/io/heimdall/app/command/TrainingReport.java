package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingProfile;
import io.heimdall.pipeline.training.TrainingSettings;
<<<<<<< HEAD
import io.heimdall.pipeline.versions.ModelComparison;
import java.util.LinkedHashMap;
=======
>>>>>>> habits
import java.util.Map;
import java.util.Optional;

/** What a training has brought, as the user reads it. */
final class TrainingReport {
    private TrainingReport() {}

<<<<<<< HEAD
    static void show(TrainingOutcome outcome, Output output) {
        say(outcome, output);
        json(outcome, Optional.empty(), output);
    }

    /** Shows it without the JSON. */
    static void say(TrainingOutcome outcome, Output output) {
=======
    /** Shows a training, and where its time went if that was measured. */
    static void show(TrainingOutcome outcome, Optional<TrainingProfile> profile, Output output) {
>>>>>>> habits
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
<<<<<<< HEAD
    }

    /** Prints the JSON, with the comparison with the champion where there is one. */
    static void json(TrainingOutcome outcome, Optional<ModelComparison> compared, Output output) {
        Map<String, Object> summary = new LinkedHashMap<>(outcome.summary());
        compared.ifPresent(comparison -> summary.put("challenge", comparison.json()));
=======
        profile.ifPresent(measured -> {
            output.say("");
            ProfileTable.lines(measured).forEach(output::say);
        });
        Map<String, Object> summary = outcome.summary();
        profile.ifPresent(measured -> summary.put("profile", measured.summary()));
>>>>>>> habits
        output.json(summary);
    }
}
