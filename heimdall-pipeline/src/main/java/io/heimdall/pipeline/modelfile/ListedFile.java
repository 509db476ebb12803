package io.heimdall.pipeline.modelfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.Precision;
import io.heimdall.export.SmallerModel;
import io.heimdall.files.ObjectKey;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of a registered version in another precision: an object beside the version's own, and a tag of the version that tells of it.
 *
 * @param precision of the file
 * @param object where it is: {@code heimdall-models/localization-v3-...-int8.onnx}
 * @param bytes of the file
 * @param milliseconds that one sample took on the machine that wrote it
 */
public record ListedFile(Precision precision, String object, long bytes, double milliseconds) {
    private static final String TAG = "heimdall.file.";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Stores a file, and lists it with the version that has its training's weights.
     *
     * @param destination of the workspace's models
     * @param trainings of the workspace, a folder each
     * @param float32 the file that it was made of
     * @return the version; empty if the training has registered none with the weights of {@code float32}
     * @throws IOException if the file cannot be stored
     */
    public static Optional<ModelVersion> list(
            ModelDestination destination, Path trainings, Path float32, Path file, PrecisionCost cost)
            throws IOException {
        Optional<ModelVersion> version = version(destination.tracker(), trainings, float32);
        if (version.isPresent()) {
            ModelVersion own = version.get();
            String name = "localization-v" + own.version() + "-" + own.runId() + "-" + cost.precision() + ".onnx";
            ObjectKey object = new ObjectKey(ObjectKey.MODELS, name);
            destination.objects().put(object, file);
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("object", object.toString());
            value.putAll(cost.json());
            destination.tracker().tag(own.name(), own.version(), Map.of(TAG + cost.precision(), text(value)));
        }
        return version;
    }

    private static Optional<ModelVersion> version(Tracker tracker, Path trainings, Path float32) throws IOException {
        Origin origin = Origin.of(float32);
        String runId = origin.runId();
        Optional<TrainingFolder> training = TrainingFolder.of(trainings, runId);
        if (training.isEmpty()) {
            return Optional.empty();
        }
        for (ModelVersion version : tracker.versions(training.get().settings().modelName())) {
            if (version.runId().equals(runId)) {
                Path own = ModelFiles.of(tracker, version);
                if (Files.isRegularFile(own)
                        && origin.weights().isPresent()
                        && Origin.of(own).equals(origin)) {
                    return Optional.of(version);
                }
            }
        }
        return Optional.empty();
    }

    /** What a model file was made of; its nodes may be those of another release. */
    private record Origin(String runId, Optional<String> weights, Optional<String> precision) {
        static Origin of(Path file) throws IOException {
            try (OnnxModel model = OnnxModel.open(file, 1)) {
                return new Origin(
                        model.description().runId(),
                        model.weightsSha256(),
                        Optional.ofNullable(model.metadata().get(SmallerModel.KEY)));
            }
        }
    }

    /** Returns the files of a version in other precisions than float32; what another release wrote and this one does not know is left out. */
    public static List<ListedFile> of(ModelVersion version) {
        List<ListedFile> files = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            String text = version.tags().get(TAG + precision);
            if (text != null) {
                read(precision, text).ifPresent(files::add);
            }
        }
        return files;
    }

    private static Optional<ListedFile> read(Precision precision, String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.path("object").isTextual()
                    ? Optional.of(new ListedFile(
                            precision,
                            json.get("object").asText(),
                            json.path("bytes").asLong(),
                            json.path("milliseconds").asDouble()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // somebody else's tag of that name
        }
    }

    private static String text(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
