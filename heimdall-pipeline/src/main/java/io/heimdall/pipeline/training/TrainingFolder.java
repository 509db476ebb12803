package io.heimdall.pipeline.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.files.WholeFile;
import io.heimdall.model.train.Checkpoints;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one training in the workspace, in a folder with the name of its run.
 *
 * <pre>
 * training.json   settings, and whether it has ended
 * pretraining/    checkpoints of the training on simulated sessions, where there is one
 * initial/        the model that the training goes on from, where there is one
 * epochs.txt      of a training that streams: which sessions are read together
 * checkpoints/    the last epoch's and the best one's
 * member-1/ ...   of an ensemble: a folder like this for each member, with settings, checkpoints and model of its own
 * model.json      the description of the model's input and output, and whether the pretrained weights were kept
 * ensemble.json   of an ensemble: its folds and the factors of its sigmas
 * model.onnx      the exported model
 * report.html     the evaluation
 * worker.json     the process that works on it, which also holds worker.lock
 * worker.step     how far that is
 * deaths.json     processes that died over it since its last checkpoint, their crash logs beside it
 * </pre>
 *
 * @param path of the folder
 * @param runId of the tracked run
 * @param begun when it was begun
 * @param settings that it was begun with, its backend decided
 * @param finished whether it has gone through all its phases
 */
public record TrainingFolder(Path path, String runId, Instant begun, TrainingSettings settings, boolean finished) {
    static final String STATE = "training.json";
    static final String CHECKPOINTS = "checkpoints";
    static final String PRETRAINING = "pretraining";
    private static final String MEMBER = "member-";
    private static final String REPORT = "report.html";
    private static final String SETTINGS = "settings";
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = new JsonMapper();

    /** Makes the folder of a new training. */
    static TrainingFolder create(Path trainings, String runId, TrainingSettings settings) throws IOException {
        return create(new TrainingFolder(trainings.resolve(runId), runId, Instant.now(), settings, false));
    }

    private static TrainingFolder create(TrainingFolder folder) throws IOException {
        Files.createDirectories(folder.path());
        folder.write();
        return folder;
    }

    /** Returns the folder of a member of this ensemble, from 1; made if it is not there. */
    TrainingFolder member(int number) throws IOException {
        Path own = path.resolve(MEMBER + number);
        return Files.isRegularFile(own.resolve(STATE))
                ? read(own)
                : create(new TrainingFolder(own, runId, Instant.now(), settings.ofMember(number), false));
    }

    /** Returns the trainings of a workspace, the latest first; folders without a whole {@code training.json} are no training. */
    public static List<TrainingFolder> all(Path trainings) throws IOException {
        if (!Files.isDirectory(trainings)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(trainings)) {
            List<Path> described = folders.filter(folder -> Files.isRegularFile(folder.resolve(STATE)))
                    .toList();
            Stream.Builder<TrainingFolder> read = Stream.builder();
            for (Path folder : described) {
                read.add(read(folder));
            }
            return read.build()
                    .sorted(Comparator.comparing(TrainingFolder::begun).reversed())
                    .toList();
        }
    }

    /**
     * Returns the training of a run.
     *
     * @return empty if it is not in this workspace
     */
    public static Optional<TrainingFolder> of(Path trainings, String runId) throws IOException {
        Path folder = trainings.resolve(runId);
        return Files.isRegularFile(folder.resolve(STATE)) ? Optional.of(read(folder)) : Optional.empty();
    }

    /** Returns whether the training of a run has a folder here in which nobody works any more. */
    static boolean isLeft(Path trainings, String runId) {
        Path folder = trainings.resolve(runId);
        return Files.isRegularFile(folder.resolve(STATE)) && TrainingClaim.isFree(folder);
    }

    /** Returns whether there is the training of an ensemble in a folder. */
    static boolean isOfEnsemble(Path folder) {
        return Files.isDirectory(folder.resolve(MEMBER + 1));
    }

    /** Returns this training as one that has gone through all phases, having written so. */
    TrainingFolder finish() throws IOException {
        TrainingFolder done = new TrainingFolder(path, runId, begun, settings, true);
        done.write();
        return done;
    }

    /** Returns this training as one whose model is to have another name, having written so. */
    TrainingFolder withModelName(String name) throws IOException {
        TrainingFolder named = new TrainingFolder(path, runId, begun, settings.withModelName(name), finished);
        named.write();
        return named;
    }

    /** Returns the checkpoints. */
    public Checkpoints checkpoints() {
        return Checkpoints.in(path.resolve(CHECKPOINTS));
    }

    /** Returns the checkpoints of the training on simulated sessions. */
    Checkpoints pretraining() {
        return Checkpoints.in(path.resolve(PRETRAINING));
    }

    /** Returns the exported model's file. */
    public Path onnx() {
        return path.resolve("model.onnx");
    }

    /** Returns the report's file. */
    public Path report() {
        return path.resolve(REPORT);
    }

    /** Returns where the report of a run is, if it has one. */
    public static Path report(Path trainings, String runId) {
        return trainings.resolve(runId).resolve(REPORT);
    }

    private void write() throws IOException {
        ObjectNode state = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("run_id", runId)
                .put("begun", begun.toString())
                .put("finished", finished);
        TrainingFields.table().json(settings).forEach(state.putObject(SETTINGS)::putPOJO);
        WholeFile.write(
                path.resolve(STATE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    }

    /** Reads the training that a folder is of. */
    static TrainingFolder read(Path folder) throws IOException {
        Path file = folder.resolve(STATE);
        byte[] bytes = Files.readAllBytes(file);
        try {
            JsonNode state = JSON.readTree(bytes);
            int format = state.path("format").asInt();
            if (format != FORMAT && format != FirstFormat.NUMBER) {
                throw new IllegalArgumentException(
                        "it has format " + format + ", this release reads " + FirstFormat.NUMBER + " and " + FORMAT);
            }
            ObjectNode saved = format == FORMAT ? FirstFormat.group(state, SETTINGS) : FirstFormat.settings(state);
            TrainingSettings settings = TrainingFields.table()
                    .saved(
                            JSON.convertValue(saved, new TypeReference<Map<String, Object>>() {}),
                            TrainingSettings.seeded(0));
            return new TrainingFolder(
                    folder,
                    state.path("run_id").asText(),
                    Instant.parse(state.path("begun").asText()),
                    settings,
                    state.path("finished").asBoolean());
        } catch (IOException | RuntimeException e) {
            throw new PipelineException(
                    file + " is no state of a training: " + e.getMessage() + "; move its folder away", e);
        }
    }
}
