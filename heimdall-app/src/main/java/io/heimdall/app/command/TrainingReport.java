package io.heimdall.app.command;

import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a training has brought, as the user reads it. */
final class TrainingReport {
    private TrainingReport() {}

    /** Shows a training without the JSON. */
    static void say(TrainingOutcome outcome, Output output) {
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
    }

    /**
     * Prints the JSON of a training.
     *
     * @param more fields, of what else has been asked for
     */
    static void json(TrainingOutcome outcome, Map<String, Object> more, Output output) {
        Map<String, Object> summary = new LinkedHashMap<>(outcome.summary());
        summary.putAll(more);
        output.json(summary);
    }
}
