package io.heimdall.pipeline.training;

import io.heimdall.model.train.TrainingResult;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.EvaluationSummary;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.FittedEvidence;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a training.
 *
 * @param runId of the tracked run
 * @param folder of the training in the workspace
 * @param result of the epochs; of an ensemble, its members' epochs one after the other
 * @param members results of the members of an ensemble; one where there is a single network
 * @param onnx the exported model
 * @param modelName that the version is registered under
 * @param modelVersion from 1
 * @param evaluation on the test split; empty where it has no session
 * @param report the HTML page; only beside an evaluation
 * @param evidence what was fitted for delays and bearings; empty where no session has some
 */
public record TrainingOutcome(
        String runId,
        Path folder,
        TrainingResult result,
        List<TrainingResult> members,
        Path onnx,
        String modelName,
        int modelVersion,
        Optional<Evaluation> evaluation,
        Optional<Path> report,
        Optional<FittedEvidence> evidence) {

    /** Copies the list. */
    public TrainingOutcome {
        members = List.copyOf(members);
    }

    /** Returns the epoch whose weights were kept, as people read it: {@code 3 of 8}. */
    public String bestEpoch() {
        return bestEpochs(members);
    }

    static String bestEpochs(List<TrainingResult> members) {
        return members.stream().map(TrainingOutcome::bestEpoch).collect(Collectors.joining("; "));
    }

    private static String bestEpoch(TrainingResult result) {
        int epochs = result.history().size();
        String over = result.end() == TrainingResult.End.OUT_OF_TIME ? ", then the time was over" : "";
        return result.bestEpoch() == Kept.NO_EPOCH
                ? "none of " + epochs + over + ": the pretrained weights stay"
                : result.bestEpoch() + " of " + epochs + over;
    }

    /** Returns what {@code heimdall train --json} prints: the evaluation, and where everything is. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        evaluation.ifPresent(e -> summary.putAll(EvaluationSummary.of(e)));
        summary.put("run_id", runId);
        summary.put("model_name", modelName);
        summary.put("model_version", modelVersion);
        summary.put("onnx", onnx.toString());
        summary.put("report", report.map(Path::toString).orElse(null));
        summary.put("checkpoints", (members.size() > 1 ? folder : folder.resolve("checkpoints")).toString());
        summary.put("weights_sha256", result.weights().sha256());
        summary.put("epochs", result.history().size());
        summary.put("best_epoch", result.bestEpoch());
        summary.put("end", word(result.end()));
        evidence.ifPresent(fitted -> summary.put("evidence", EvidenceMetadata.json(fitted)));
        if (members.size() > 1) {
            summary.put("members", members.stream().map(TrainingOutcome::member).toList());
        }
        return summary;
    }

    private static Map<String, Object> member(TrainingResult member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epochs", member.history().size());
        json.put("best_epoch", member.bestEpoch());
        json.put("end", word(member.end()));
        return json;
    }

    private static String word(TrainingResult.End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }
}
