package io.heimdall.pipeline.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.files.WholeFile;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.SigmaScale;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.Ensemble;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fits what makes the answers of an ensemble's members honest, on the sessions that they have not seen, and keeps it. */
final class EnsembleCalibration {
    private static final String FILE = "ensemble.json";
    private static final JsonMapper JSON = new JsonMapper();

    private EnsembleCalibration() {}

    /** Returns an ensemble whose sigmas are as its members say. */
    static Ensemble none(FoldRule rule) {
        return new Ensemble(rule, 1, Collections.nCopies(rule.folds(), 1.0));
    }

    /**
     * Fits on sessions of all folds.
     *
     * @param unscaled the model file of {@link #none}
     */
    static Ensemble fit(FoldRule rule, SessionLocalizer unscaled, List<Session> sessions) {
        List<Estimate> estimates = OutOfFold.of(unscaled).locate(unscaled, sessions, done -> {});
        if (estimates.isEmpty()) {
            return none(rule);
        }
        JudgedForecasts judged = Estimate.judged(estimates);
        SigmaScale scale = SigmaScale.fit(judged);
        Map<String, Integer> foldOf = new HashMap<>();
        sessions.forEach(session -> foldOf.put(session.id(), rule.of(session)));
        List<Integer> folds = estimates.stream()
                .map(estimate -> foldOf.get(estimate.sessionId()))
                .toList();
        return new Ensemble(rule, scale.factor(), scale.outsideOf(judged, folds, rule.folds()));
    }

    static void write(Path folder, Ensemble ensemble) throws IOException {
        ObjectNode node = JSON.createObjectNode()
                .put("rule", ensemble.rule().canonical())
                .put("sigma_scale", ensemble.sigmaScale());
        node.set("fold_sigma_scales", JSON.valueToTree(ensemble.foldScales()));
        WholeFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    }

    /**
     * Reads the ensemble of a training's folder.
     *
     * @throws PipelineException if it is not whole yet, or the file is damaged
     */
    static Ensemble read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new PipelineException(
                    folder + ": this ensemble is not all trained yet; 'heimdall train --resume' goes on");
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return new Ensemble(
                    FoldRule.parse(node.path("rule").asText()),
                    node.path("sigma_scale").asDouble(),
                    JSON.convertValue(node.path("fold_sigma_scales"), new TypeReference<List<Double>>() {}));
        } catch (IOException | IllegalArgumentException e) {
            throw new PipelineException(file + " does not describe an ensemble: " + e.getMessage(), e);
        }
    }
}
