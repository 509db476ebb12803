package io.heimdall.pipeline.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The journal of a sweep as JSON; a file of it is replaced as a whole. */
public final class JournalJson {
    private static final int FORMAT = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private JournalJson() {}

    static String text(Map<String, Object> definition) {
        try {
            return JSON.writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition is texts, numbers and lists", e);
        }
    }

    static boolean sameButThreads(String one, String other) {
        return withoutThreads(one).equals(withoutThreads(other));
    }

    private static JsonNode withoutThreads(String definition) {
        try {
            JsonNode json = JSON.readTree(definition);
            if (json.path("base") instanceof ObjectNode base) {
                base.remove("threads");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition is JSON", e);
        }
    }

    static void write(Path file, SweepState state) throws IOException {
        WholeFile.write(file, write(state).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the text of a journal. */
    public static String write(SweepState state) {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("parent_run", state.parentRun());
        try {
            json.set("definition", JSON.readTree(state.definition()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition is JSON", e);
        }
        var trials = json.putArray("trials");
        state.trials().forEach(trial -> write(trials.addObject(), trial));
        state.last()
                .ifPresent(last -> json.putObject("final")
                        .put("trial", last.trial())
                        .put("run_id", last.runId())
                        .put("model_version", last.version()));
        return json.toPrettyString();
    }

    private static void write(ObjectNode json, Trial trial) {
        json.put("trial", trial.number());
        trial.values().forEach(json.putObject("values")::putPOJO);
        trial.runId().ifPresent(id -> json.put("run_id", id));
        trial.job().ifPresent(rung -> json.put("towards_rung", rung));
        var results = json.putArray("results");
        for (Trial.Result result : trial.results()) {
            results.addObject()
                    .put("epoch", result.epoch())
                    .put("metric", result.metric())
                    .put("seconds", result.took().toMillis() / 1e3)
                    .put("ended", result.ended());
        }
        trial.failure().ifPresent(why -> json.put("failure", why));
        json.put("dropped", trial.dropped());
    }

    static SweepState read(Path file) throws IOException {
        return read(file.toString(), Files.readString(file));
    }

    /**
     * Reads the text of a journal.
     *
     * @param where it was found, for messages
     * @throws PipelineException if it cannot be understood
     */
    public static SweepState read(String where, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path("format").asInt() != FORMAT) {
                throw new IllegalArgumentException(
                        "it has format " + json.path("format") + ", this release reads " + FORMAT);
            }
            List<Trial> trials = new ArrayList<>();
            for (JsonNode trial : json.required("trials")) {
                trials.add(trial(trial));
            }
            Optional<SweepState.Last> last = Optional.ofNullable(json.get("final"))
                    .map(training -> new SweepState.Last(
                            training.required("trial").asInt(),
                            training.required("run_id").asText(),
                            training.required("model_version").asInt()));
            return new SweepState(
                    JSON.writeValueAsString(json.required("definition")),
                    json.required("parent_run").asText(),
                    trials,
                    last);
        } catch (IOException | RuntimeException e) {
            throw new PipelineException(
                    where + " is no journal of a sweep: " + e.getMessage() + "; move its folder away", e);
        }
    }

    private static Trial trial(JsonNode json) {
        List<Trial.Result> results = new ArrayList<>();
        for (JsonNode result : json.required("results")) {
            results.add(new Trial.Result(
                    result.required("epoch").asInt(),
                    result.required("metric").asDouble(),
                    Duration.ofMillis(Math.round(result.required("seconds").asDouble() * 1e3)),
                    result.required("ended").asBoolean()));
        }
        return new Trial(
                json.required("trial").asInt(),
                JSON.convertValue(json.required("values"), new TypeReference<Map<String, Object>>() {}),
                Optional.ofNullable(json.get("run_id")).map(JsonNode::asText),
                number(json, "towards_rung"),
                results,
                Optional.ofNullable(json.get("failure")).map(JsonNode::asText),
                json.required("dropped").asBoolean());
    }

    private static OptionalInt number(JsonNode json, String name) {
        return json.has(name) ? OptionalInt.of(json.get(name).asInt()) : OptionalInt.empty();
    }
}
