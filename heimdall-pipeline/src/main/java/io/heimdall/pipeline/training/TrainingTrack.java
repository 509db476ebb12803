package io.heimdall.pipeline.training;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.files.Directories;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.card.ModelCard;
import io.heimdall.pipeline.data.LearnedSessions;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.mlflow.OnnxFlavor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a training leaves in the record of experiments: metrics, the model, its version.
 *
 * @param destination of the model
 * @param run that is recorded
 * @param folder of the training
 * @param prefix of the names of series and tags; empty unless it is of a member of an ensemble
 */
record TrainingTrack(ModelDestination destination, TrackedRun run, TrainingFolder folder, String prefix) {
    private static final String MODEL = "model";

    /** The record of a whole training. */
    TrainingTrack(ModelDestination destination, TrackedRun run, TrainingFolder folder) {
        this(destination, run, folder, "");
    }

    /** Returns the record of a member of an ensemble in the same run, with series and tags of its own. */
    TrainingTrack ofMember(TrainingFolder own, int number) {
        return new TrainingTrack(destination, run, own, "member-" + number + "/");
    }

    void begun(Map<String, String> parameters, String datasetFingerprint) {
        run.params(parameters);
        run.tag("dataset.fingerprint", datasetFingerprint);
    }

    void pretrained(PretrainedBackbone backbone) {
        run.params(backbone.provenance());
    }

    /** Records the model that the training goes on from. */
    void initial(InitialModel model) {
        run.params(model.lineage());
    }

    /** Records an epoch; pretraining has series of its own. */
    void epoch(Phase phase, EpochMetrics epoch) {
        for (EpochMetric metric : EpochMetric.values()) {
            String series = prefix + (phase == Phase.TRAIN ? metric.series() : metric.pretrainingSeries());
            metric.of(epoch).ifPresent(value -> run.metric(series, value, epoch.epoch()));
        }
    }

    /** Records the learning rate after a pretraining. */
    void refining(TrainingPlan plan) {
        run.params(Kept.refiningRate(plan));
    }

    /** Records whether the recorded sessions have improved what a pretraining brought. */
    void refined(boolean improved) {
        run.tag(prefix + "pretraining", improved ? "improved by recorded sessions" : "kept");
    }

    /** Records the evidence that the model has beside its network. */
    void pooled(LogPool pool) {
        run.tag(prefix + LogPool.KEY, pool.text());
    }

    /** Copies the model, in MLflow's flavour, and the settings to the run. */
    void upload(ModelDescription description) throws IOException {
        Path model = folder.path().resolve(MODEL);
        Directories.delete(model);
        OnnxFlavor.write(
                model,
                folder.onnx(),
                description.input().given().stream().map(TrainingTrack::tensor).toList(),
                OnnxExporter.outputs(description.output()).stream()
                        .map(TrainingTrack::tensor)
                        .toList(),
                run.id());
        run.artifact(model, MODEL);
        run.artifact(folder.path().resolve(TrainingFolder.STATE), "config");
        Directories.delete(model);
    }

    /** Records the model card, beside the report and in the model's directory. */
    void card(ModelCard card) throws IOException {
        card.write(folder.path());
        for (String name : List.of(ModelCard.MARKDOWN, ModelCard.HTML)) {
            Path file = folder.path().resolve(name);
            run.artifact(file, "report");
            run.artifact(file, MODEL);
        }
    }

    /**
     * Records which sessions a single network has learned from, for a later comparison: also those of the model that it goes on from. If
     * these are not known, it records nothing, and the rule of the split decides.
     */
    void learned(SplitSessions split) throws IOException {
        Optional<LearnedSessions> before = InitialModel.learnedBefore(folder);
        if (folder.settings().initial().isPresent() && before.isEmpty()) {
            return;
        }
        LearnedSessions own = LearnedSessions.of(split);
        Path file = folder.path().resolve(LearnedSessions.FILE);
        before.map(own::and).orElse(own).write(file);
        run.artifact(file, LearnedSessions.DIRECTORY);
    }

    private static OnnxFlavor.Tensor tensor(TensorSpec spec) {
        int[] shape = IntStream.concat(
                        IntStream.of(Axis.FREE), spec.axes().stream().mapToInt(Axis::length))
                .toArray();
        return new OnnxFlavor.Tensor(spec.name(), shape);
    }

    /**
     * Makes the model a version, stores it as an object, and only then points the alias at it: who follows the alias finds
     * the object. A version that an interrupted training has registered already is taken again.
     */
    Registered register() throws IOException {
        String name = folder.settings().modelName();
        Optional<ModelVersion> registered = destination.tracker().versions(name).stream()
                .filter(version -> version.runId().equals(run.id()))
                .max(Comparator.comparingInt(ModelVersion::version));
        ModelVersion version = registered.orElseGet(() -> destination.tracker().registerModel(name, run.id(), MODEL));
        ObjectKey object = object(version.version());
        destination.objects().put(object, folder.onnx());
        destination.tracker().alias(name, TrainingSettings.ALIAS, version.version());
        run.tag("model.version", Integer.toString(version.version()));
        return new Registered(version, object);
    }

    /**
     * What a training has made known.
     *
     * @param version in the registry
     * @param object that holds the model
     */
    record Registered(ModelVersion version, ObjectKey object) {}

    /**
     * Returns the name for a version's object. Versions are counted by the workspace, for each model by itself: where another
     * workspace's training has taken the name, and for a model of another name than the usual one, the run's id is added, since
     * nobody's model is to be replaced.
     */
    private ObjectKey object(int version) throws IOException {
        ObjectStore objects = destination.objects();
        String name = "localization-v" + version;
        ObjectKey usual = new ObjectKey(ObjectKey.MODELS, name + ".onnx");
        boolean free = folder.settings().modelName().equals(TrainingSettings.MODEL_NAME) && !objects.exists(usual);
        boolean own = free || objects.exists(usual) && objects.holds(usual, folder.onnx());
        return own ? usual : new ObjectKey(ObjectKey.MODELS, name + "-" + run.id() + ".onnx");
    }

    /** Writes the result down for the rest of Heimdall, if there is a table for it. */
    void conclude(Kept kept, Registered registered, Optional<Evaluation> evaluation) {
        destination
                .models()
                .ifPresent(models -> models.addModel(
                        run.id(),
                        CatalogRow.of(
                                folder,
                                kept,
                                registered.version(),
                                registered.object(),
                                evaluation,
                                destination.tracker().sent(run.id()))));
    }

    void judged(Evaluation evaluation, Path report) {
        for (EvaluationMetric metric : EvaluationMetric.values()) {
            run.metric(metric.series(), metric.of(evaluation), 0);
        }
        evaluation.sureness().forEach((name, number) -> run.metric(EvaluationMetric.series(name), number, 0));
        run.artifact(report, "report");
    }

    void finish(RunStatus status) {
        run.finish(status);
    }
}
