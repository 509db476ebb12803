package io.heimdall.pipeline.training;

import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.files.WholeFile;
import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.LearnedSessions;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.data.TrainingData;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The model that a training goes on from.
 *
 * <p>A training copies it into its own folder when it begins, and needs the former run no more.
 *
 * <p>Sessions that the weights have learned from stay learned, also where the new training does not choose them.
 *
 * @param model with input, units and split of its training; its metadata has the {@link #lineage()} for a model after it
 * @param weights that its training kept
 * @param learned the sessions that the weights have learned from, where its run has recorded them
 */
record InitialModel(TrainedModel model, Weights weights, Optional<LearnedSessions> learned) {
    /** Key of the id of the run that made the weights. */
    static final String RUN = "initial_run";

    /** Key of the digest of the weights. */
    static final String WEIGHTS = "initial_weights_sha256";

    /** Key of the runs that a model comes from, the first one first. */
    static final String LINEAGE = "lineage";

    private static final String COPY = "initial";
    private static final String WEIGHTS_FILE = "weights.safetensors";

    /** Returns the model of a training that has ended. */
    static InitialModel of(TrainingFolder folder) throws IOException {
        TrainedModel model = TrainedModelJson.read(folder.path());
        Weights weights = ModelExport.kept(folder.path(), model).weights();
        String before = model.description().extra().get(LINEAGE);
        String lineage = (before == null ? "" : before + " ") + folder.runId();
        return new InitialModel(
                model.described(model.description()
                        .with(RUN, folder.runId())
                        .with(WEIGHTS, weights.sha256())
                        .with(LINEAGE, lineage)),
                weights,
                LearnedSessions.in(folder.path()));
    }

    /** Returns the copy in a training's folder; empty if it goes on from none. */
    static Optional<InitialModel> in(TrainingFolder folder) throws IOException {
        Path copy = folder.path().resolve(COPY);
        return folder.settings().initial().isEmpty()
                ? Optional.empty()
                : Optional.of(new InitialModel(
                        TrainedModelJson.read(copy),
                        Safetensors.read(copy.resolve(WEIGHTS_FILE)),
                        LearnedSessions.in(copy)));
    }

    /** Returns the sessions that the weights of the copy in a training's folder have learned from; empty where they are not recorded. */
    static Optional<LearnedSessions> learnedBefore(TrainingFolder folder) throws IOException {
        return LearnedSessions.in(folder.path().resolve(COPY));
    }

    /** Copies this model into the folder of a training. */
    void copyInto(Path folder) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(COPY));
        WholeFile.make(copy.resolve(WEIGHTS_FILE), aside -> {
            Safetensors.write(aside, weights);
            return aside;
        });
        TrainedModelJson.write(model, copy);
        if (learned.isPresent()) {
            learned.get().write(copy.resolve(LearnedSessions.FILE));
        }
    }

    /** Returns the rule that split the sessions of its training. */
    Optional<String> splitRule() {
        return Optional.ofNullable(model.description().extra().get(SplitSessions.RULE));
    }

    /** Returns what the fitted world of its training tells beside the network. */
    Optional<LevelGrid> grid() {
        return model.pool().map(LogPool::grid);
    }

    /** Returns the metadata that the model after this one has of it. */
    Map<String, String> lineage() {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String key : new String[] {RUN, WEIGHTS, LINEAGE}) {
            kept.put(key, model.description().extra().get(key));
        }
        return kept;
    }

    /** Returns data with this model's input and units, since its weights have a meaning in them alone. */
    TrainingData reading(TrainingData data, SessionSource source) {
        InputSpec input = model.description().input();
        return data.as(
                Producers.named(input.producer())
                        .restore(
                                input.parameters(),
                                features -> new RecordingFeatures(source.objects(), features, source.features())),
                model.description().scale());
    }
}
