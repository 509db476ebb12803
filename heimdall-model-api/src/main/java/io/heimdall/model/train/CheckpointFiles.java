package io.heimdall.model.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerState.Moments;
import io.heimdall.model.train.TrainingResult.End;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The files of one checkpoint: weights and moments as safetensors, the rest as JSON. */
final class CheckpointFiles {
    static final String WEIGHTS = "weights.safetensors";
    static final String AVERAGE = "average.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String STATE = "training.json";
    private static final String FIRST = "first.";
    private static final String SECOND = "second.";
    private static final int FORMAT = 1;
    private static final long LARGEST_STATE_BYTES = 64L << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private CheckpointFiles() {}

    /** Writes all files into an existing directory and forces them to disk. */
    static void write(Path directory, Checkpoint checkpoint) throws IOException {
        Safetensors.write(directory.resolve(WEIGHTS), checkpoint.weights(), Map.of("format", "pt"));
        if (checkpoint.average().isPresent()) {
            Safetensors.write(directory.resolve(AVERAGE), checkpoint.average().get(), Map.of("format", "pt"));
        }
        if (checkpoint.optimizer().isPresent()) {
            Safetensors.write(
                    directory.resolve(MOMENTS), tensors(checkpoint.optimizer().get()));
        }
        try (FileChannel channel =
                FileChannel.open(directory.resolve(STATE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state(checkpoint)));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Returns about how many bytes {@link #write} takes. */
    static long bytes(Checkpoint checkpoint) {
        long values = checkpoint.weights().tensors().values().stream()
                .mapToLong(t -> t.values().length)
                .sum();
        values *= checkpoint.average().isPresent() ? 2 : 1;
        values += checkpoint.optimizer().stream()
                .flatMap(o -> o.moments().values().stream())
                .mapToLong(m -> 2L * m.first().length)
                .sum();
        return Float.BYTES * values;
    }

    static Checkpoint read(Path directory) throws IOException {
        Path file = directory.resolve(STATE);
        if (Files.size(file) > LARGEST_STATE_BYTES) {
            throw new UnusableFileException(
                    file.toString(), file + " is larger than " + LARGEST_STATE_BYTES + " bytes");
        }
        JsonNode state = parsed(file);
        int format = state.path("format").asInt();
        if (format != FORMAT) {
            throw new UnusableFileException(
                    file.toString(),
                    file + " has format " + format + ", this release reads format " + FORMAT
                            + (format > FORMAT ? ": use the newer release that wrote it" : ""));
        }
        try {
            return new Checkpoint(
                    Safetensors.read(directory.resolve(WEIGHTS)),
                    average(directory.resolve(AVERAGE)),
                    optimizer(directory.resolve(MOMENTS), state.path("step").asLong()),
                    history(state.path("history")),
                    Optional.ofNullable(state.get("end")).map(end -> End.valueOf(end.asText())),
                    settings(state.path("settings")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnusableFileException(
                    file.toString(), file + " is no state of a training run: " + e.getMessage(), e);
        }
    }

    private static Optional<Weights> average(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Safetensors.read(file)) : Optional.empty();
    }

    private static JsonNode parsed(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new UnusableFileException(file.toString(), file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode state(Checkpoint checkpoint) {
        ObjectNode state = JSON.createObjectNode().put("format", FORMAT);
        checkpoint.optimizer().ifPresent(o -> state.put("step", o.step()));
        checkpoint.end().ifPresent(end -> state.put("end", end.name()));
        ObjectNode settings = state.putObject("settings");
        checkpoint.settings().forEach(settings::put);
        var history = state.putArray("history");
        for (EpochMetrics m : checkpoint.history()) {
            ObjectNode node = history.addObject()
                    .put("epoch", m.epoch())
                    .put("step", m.step())
                    .put(EpochMetric.TRAINING_LOSS.key(), m.trainingLoss())
                    .put(EpochMetric.GRADIENT_NORM.key(), m.gradientNorm())
                    .put(EpochMetric.LEARNING_RATE.key(), m.learningRate())
                    .put("duration", m.duration().toString());
            m.validationNll().ifPresent(nll -> node.put(EpochMetric.VALIDATION_NLL.key(), nll));
            m.validationError().ifPresent(error -> node.put(EpochMetric.VALIDATION_ERROR.key(), error));
        }
        return state;
    }

    private static List<EpochMetrics> history(JsonNode nodes) {
        var history = new ArrayList<EpochMetrics>();
        for (JsonNode node : nodes) {
            history.add(new EpochMetrics(
                    node.path("epoch").asInt(),
                    node.path("step").asLong(),
                    node.path(EpochMetric.TRAINING_LOSS.key()).asDouble(),
                    node.path(EpochMetric.GRADIENT_NORM.key()).asDouble(),
                    node.path(EpochMetric.LEARNING_RATE.key()).asDouble(),
                    number(node, EpochMetric.VALIDATION_NLL),
                    number(node, EpochMetric.VALIDATION_ERROR),
                    Duration.parse(node.path("duration").asText())));
        }
        return history;
    }

    private static OptionalDouble number(JsonNode epoch, EpochMetric metric) {
        JsonNode number = epoch.get(metric.key());
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number.asDouble());
    }

    private static Map<String, String> settings(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        node.properties().forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
        return settings;
    }

    private static Weights tensors(OptimizerState state) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        state.moments().forEach((name, m) -> {
            tensors.put(FIRST + name, FloatTensor.of(m.first(), m.first().length));
            tensors.put(SECOND + name, FloatTensor.of(m.second(), m.second().length));
        });
        return new Weights(tensors);
    }

    private static Optional<OptimizerState> optimizer(Path file, long step) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, FloatTensor> tensors = Safetensors.read(file).tensors();
        Map<String, Moments> moments = new LinkedHashMap<>();
        for (var entry : tensors.entrySet()) {
            if (entry.getKey().startsWith(FIRST)) {
                String name = entry.getKey().substring(FIRST.length());
                FloatTensor second = tensors.get(SECOND + name);
                if (second == null) {
                    throw new UnusableFileException(
                            file.toString(), file + " has the first but not the second moments of " + name);
                }
                moments.put(name, new Moments(entry.getValue().values(), second.values()));
            }
        }
        return Optional.of(new OptimizerState(step, moments));
    }
}
