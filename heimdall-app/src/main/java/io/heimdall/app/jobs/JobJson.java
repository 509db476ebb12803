package io.heimdall.app.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.pipeline.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the table keeps as JSON: progress and results. */
final class JobJson {
    private static final JsonMapper JSON = new JsonMapper();

    private JobJson() {}

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new JobException("a column of the jobs' table is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new JobException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Map<String, Object> result(String text) {
        return JSON.convertValue(tree(text), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static String write(JobProgress progress) {
        ObjectNode node = JSON.createObjectNode()
                .put("phase", progress.phase().map(Enum::name).orElse(null))
                .put("step", progress.step())
                .put("steps", progress.steps())
                .put("epoch", progress.epoch())
                .put("epochs", progress.epochs());
        ObjectNode metrics = node.putObject("metrics");
        progress.metrics().forEach((name, value) -> {
            if (Double.isFinite(value)) { // JSON has no other numbers
                metrics.put(name, value);
            }
        });
        progress.secondsLeft().ifPresent(seconds -> node.put("seconds_left", seconds));
        progress.warnings().forEach(node.putArray("warnings")::add);
        return node.toString();
    }

    static JobProgress progress(String text) {
        JsonNode node = tree(text);
        Map<String, Double> metrics = new LinkedHashMap<>();
        node.path("metrics")
                .properties()
                .forEach(
                        metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
        List<String> warnings = new ArrayList<>();
        node.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return new JobProgress(
                Optional.ofNullable(node.path("phase").textValue())
                        .map(phase -> Phase.valueOf(phase.toUpperCase(Locale.ROOT))),
                node.path("step").asLong(),
                node.path("steps").asLong(),
                node.path("epoch").asInt(),
                node.path("epochs").asInt(),
                metrics,
                node.has("seconds_left")
                        ? OptionalDouble.of(node.path("seconds_left").asDouble())
                        : OptionalDouble.empty(),
                warnings);
    }
}
