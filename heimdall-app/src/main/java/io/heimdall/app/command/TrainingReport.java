package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingSettings;

/** What a training has brought, as the user reads it. */
final class TrainingReport {
    private TrainingReport() {}

    static void show(TrainingOutcome outcome, Output output) {
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
        output.json(outcome.summary());
    }
}
