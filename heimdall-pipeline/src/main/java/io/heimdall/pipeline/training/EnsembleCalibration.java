package io.heimdall.pipeline.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.files.WholeFile;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.LevelCalibration;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Fits what makes the answers of an ensemble's members honest, on the sessions that they have not seen, and keeps it. */
final class EnsembleCalibration {
    private static final String FILE = "ensemble.json";
    private static final String FURTHER = "further";
    private static final JsonMapper JSON = new JsonMapper();

    private EnsembleCalibration() {}

    /**
     * Fits on sessions of all folds.
     *
     * @param plain the model file of {@link Ensemble#plain}
     */
    static Ensemble fit(FoldRule rule, SessionLocalizer plain, List<Session> sessions) {
        List<Estimate> estimates = OutOfFold.of(plain).locate(plain, sessions, done -> {});
        if (estimates.isEmpty()) {
            return Ensemble.plain(rule);
        }
        List<Session> located = Estimate.sessions(estimates, sessions);
        List<Integer> folds = located.stream().map(rule::of).toList();
        JudgedForecasts judged = Estimate.judged(estimates);
        if (folds.stream().distinct().count() < 2) { // nothing is outside of that one
            double factor = SigmaScale.covering(judged).factor();
            return Ensemble.scaled(rule, factor, Collections.nCopies(rule.folds(), factor));
        }
        List<List<Integer>> outside = IntStream.range(0, rule.folds())
                .mapToObj(fold -> IntStream.range(0, folds.size())
                        .filter(i -> folds.get(i) != fold)
                        .boxed()
                        .toList())
                .toList();
        boolean mapped = Estimate.isOneOfEach(estimates)
                && outside.stream().allMatch(some -> LevelCalibration.isFittedOn(some.size()));
        return mapped
                ? withMaps(rule, judged, folds, outside, plain.stations(located))
                : covering(rule, judged, outside);
    }

    private static Ensemble covering(FoldRule rule, JudgedForecasts judged, List<List<Integer>> outside) {
        SigmaScale scale = SigmaScale.covering(judged);
        return Ensemble.scaled(rule, scale.factor(), scale.outsideOf(judged, outside));
    }

    private static Ensemble withMaps(
            FoldRule rule,
            JudgedForecasts judged,
            List<Integer> folds,
            List<List<Integer>> outside,
            List<Integer> stations) {
        List<Double> foldScales = outside.stream()
                .map(some -> SigmaScale.likeliest(new JudgedForecasts(of(judged.all(), some)))
                        .factor())
                .toList();
        List<Double> levels = IntStream.range(0, folds.size())
                .parallel()
                .mapToObj(i ->
                        judged.all().get(i).scaled(foldScales.get(folds.get(i))).credibleLevel())
                .toList();
        List<LevelCalibration> ofFolds = outside.stream()
                .map(some -> LevelCalibration.fit(of(levels, some), of(stations, some)))
                .toList();
        return Ensemble.scaled(rule, SigmaScale.likeliest(judged).factor(), foldScales)
                .with(LevelCalibration.fit(levels, stations), ofFolds);
    }

    private static <T> List<T> of(List<T> all, List<Integer> some) {
        return some.stream().map(all::get).toList();
    }

    static void write(Path folder, Ensemble ensemble) throws IOException {
        ObjectNode node = JSON.createObjectNode()
                .put("rule", ensemble.rule().canonical())
                .put("sigma_scale", ensemble.sigmaScale());
        node.set("fold_sigma_scales", JSON.valueToTree(ensemble.foldScales()));
        node.put("credible_levels", ensemble.levels().text());
        node.set(
                "fold_credible_levels",
                JSON.valueToTree(ensemble.foldLevels().stream()
                        .map(LevelCalibration::text)
                        .toList()));
        if (!ensemble.further().isEmpty()) {
            node.set(FURTHER, JSON.valueToTree(new TreeMap<>(ensemble.further())));
        }
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
            throw new PipelineException(folder
                    + ": some members of this ensemble are not trained yet; 'heimdall train --resume' continues");
        }
        byte[] bytes = Files.readAllBytes(file);
        try {
            JsonNode node = JSON.readTree(bytes);
            return new Ensemble(
                    FoldRule.parse(node.path("rule").asText()),
                    node.path("sigma_scale").asDouble(),
                    JSON.convertValue(node.path("fold_sigma_scales"), new TypeReference<List<Double>>() {}),
                    LevelCalibration.parse(node.path("credible_levels").asText()),
                    JSON.convertValue(node.path("fold_credible_levels"), new TypeReference<List<String>>() {}).stream()
                            .map(LevelCalibration::parse)
                            .toList(),
                    node.has(FURTHER)
                            ? JSON.convertValue(node.get(FURTHER), new TypeReference<Map<String, String>>() {})
                            : Map.of());
        } catch (IOException | IllegalArgumentException e) {
            throw new PipelineException(file + " does not describe an ensemble: " + e.getMessage(), e);
        }
    }
}
