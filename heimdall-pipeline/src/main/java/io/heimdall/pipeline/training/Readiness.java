package io.heimdall.pipeline.training;

import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.Session;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.SettingException;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether all is there that a training needs late: looked at before it costs anything.
 *
 * <p>Each check tries what the training will do, in little, and leaves no trace of it. What may be missing at the end is not asked for:
 * the MLflow server, which gets later what it does not get now.
 *
 * @param services that the training works with
 * @param settings of it
 */
record Readiness(Services services, TrainingSettings settings) {
    /** Copies of the weights: two checkpoints with the optimiser's moments, while one takes the other's place, and the best. */
    private static final long WEIGHTS_KEPT = 7;

    private static final long MARGIN_BYTES = 64L << 20;
    /** Of the features of one recording. */
    private static final long FEATURES_BYTES = 128 * 32 * Float.BYTES + 512;
    /** Where so much is free beside the weights, the recordings need not be counted. */
    private static final long PLENTY_BYTES = 16L << 30;

    /**
     * Checks what needs no service: the names, that the settings can be saved, and that the loss fits the network.
     *
     * @throws IllegalArgumentException if one of them cannot be used
     */
    static void checkNames(TrainingSettings settings) {
        SettingException.about(() -> decided(settings), "network", "loss");
        SettingException.about(() -> checkLayout(settings), "network", "layout");
        SettingException.about(() -> checkPretraining(settings), "network", "pretrain");
        SettingException.about(() -> ModelVersion.checkName(settings.modelName()), "model-name");
        SettingException.about(() -> RunInfo.of(settings.experiment(), settings.network()), "experiment");
        TrainingFields.checkSaved(settings);
    }

    /** Simulated are the statistics of levels; a network that reads spectrograms as well would miss them. */
    private static void checkPretraining(TrainingSettings settings) {
        Pretraining pretraining = settings.pretraining();
        boolean asked = pretraining.steps() > 0 && !pretraining.automatic();
        if (asked && !readsStatisticsAlone(Networks.named(settings.network()))) {
            throw new IllegalArgumentException("network " + settings.network()
                    + " cannot be pretrained on simulated sessions; " + others(Readiness::readsStatisticsAlone)
                    + " can. Say 'off' or 'auto' instead of " + pretraining.text());
        }
    }

    private static boolean readsStatisticsAlone(NetworkFamily family) {
        List<String> inputs =
                example(family).inputs().stream().map(TensorSpec::name).toList();
        return inputs.contains(SetNet.STATISTICS) && !inputs.contains(SetNet.SPECTROGRAM);
    }

    /** A network that reads no channels has one layout, which is the default. */
    private static void checkLayout(TrainingSettings settings) {
        LayoutChoice layout = settings.data().layout();
        List<String> readable = Networks.named(settings.network()).producers();
        if (layout != LayoutChoice.STATIONS && !readable.contains(layout.producer())) {
            throw new IllegalArgumentException("network " + settings.network() + " has no layout " + layout.producer()
                    + "; " + others(family -> family.producers().contains(layout.producer())) + " have it");
        }
    }

    private static String others(Predicate<NetworkFamily> property) {
        return Networks.all().stream().filter(property).map(NetworkFamily::name).collect(Collectors.joining(", "));
    }

    /**
     * Returns the settings with all that the network decides.
     *
     * @throws IllegalArgumentException if there is no such network, or the loss does not fit its output
     */
    static TrainingSettings decided(TrainingSettings settings) {
        return settings.withPlan(settings.plan().decidedFor(example(settings).output()));
    }

    /**
     * Checks everything for a new training.
     *
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws PipelineException if something is lacking
     * @throws IOException if a file or the object store cannot be written
     */
    void checkNew() throws IOException {
        checkNames(settings);
        checkPretrained();
        checkSpace(0);
        checkServices();
    }

    /** Checks everything for one that goes on, as {@link #checkNew} does. */
    void checkMore(TrainingFolder folder) throws IOException {
        checkNames(settings);
        if (!folder.checkpoints().present()) {
            checkPretrained();
        }
        checkSpace(bytes(folder.path()));
        checkServices();
    }

    private void checkServices() throws IOException {
        checkWritable(services.trainings());
        services.tracker().checkModel(settings.modelName());
        services.objects().checkWritable(ObjectKey.MODELS);
        services.models()
                .ifPresent(models -> models.checkModel(UUID.randomUUID().toString(), anyResult()));
        OnnxModel.runtimeVersion(); // it judges the exported model
    }

    private void checkPretrained() throws IOException {
        Optional<Path> file = settings.pretrained();
        if (file.isPresent()) {
            NetworkSpec network = example(settings);
            if (!hasBackbone(Networks.named(settings.network()))) {
                throw new IllegalArgumentException("network " + settings.network()
                        + " has no backbone that the weights of " + file.get() + " could begin; "
                        + others(Readiness::hasBackbone) + " have one");
            }
            PretrainedBackbone.read(file.get()).into(network, zeros(network));
        }
    }

    private static boolean hasBackbone(NetworkFamily family) {
        return example(family).parts().containsKey("backbone");
    }

    private static NetworkSpec example(TrainingSettings settings) {
        return example(Networks.named(settings.network()));
    }

    /** The network for an input of the smallest size. */
    private static NetworkSpec example(NetworkFamily family) {
        return family.network(Producers.named(family.producers().get(0)).example());
    }

    private static Weights zeros(NetworkSpec network) {
        Map<String, FloatTensor> zeros = new LinkedHashMap<>();
        network.parameters().forEach(parameter -> zeros.put(parameter.name(), FloatTensor.zeros(parameter.shape())));
        return new Weights(zeros);
    }

    private void checkSpace(long kept) throws IOException {
        long free = Files.getFileStore(services.directory()).getUsableSpace();
        requireSpace(bytesNeeded(kept, free), free);
    }

    /**
     * Returns about how much a training takes: checkpoints, the model, and the features that are not kept yet, which are counted only
     * where it is short.
     *
     * @param kept bytes that it has taken already
     * @param free bytes
     */
    long bytesNeeded(long kept, long free) throws IOException {
        long weights = example(settings).parameters().stream()
                .mapToLong(parameter -> FloatTensor.elements(parameter.shape()))
                .sum();
        long networks = settings.data().folds().orElse(1);
        long needed = networks * WEIGHTS_KEPT * Float.BYTES * weights + MARGIN_BYTES - kept;
        boolean plenty = free - needed > PLENTY_BYTES;
        return plenty ? needed : needed + FEATURES_BYTES * Math.max(0, measurements() - keptFeatures());
    }

    void requireSpace(long needed, long free) {
        if (free < needed) {
            throw new PipelineException("a training of " + settings.network() + " needs about " + megabytes(needed)
                    + " for features, checkpoints and the model, and " + megabytes(free) + " are free in "
                    + services.directory() + "; make room there, or take a workspace on another disk");
        }
    }

    private long measurements() {
        try (Stream<Session> sessions =
                services.catalog().sessions(settings.data().filter())) {
            return sessions.mapToLong(session -> session.recordings().size()).sum();
        }
    }

    private long keptFeatures() throws IOException {
        if (!Files.isDirectory(services.featureCache())) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(services.featureCache())) {
            return files.filter(file -> file.toString().endsWith(".f32")).count();
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }

    private static void checkWritable(Path folder) throws IOException {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new NotDirectoryException(there.toString());
        }
        Files.delete(Files.createTempFile(there, ".check", null));
    }

    /** A result with this training's names and parameters, and any numbers. */
    private ModelResult anyResult() {
        String run = "0".repeat(32);
        return new ModelResult(
                settings.modelName(),
                settings.network(),
                run,
                OptionalInt.empty(),
                settings.data().filter().trainingDataset(),
                new ObjectKey(ObjectKey.MODELS, "localization-v1-" + run + ".onnx"),
                OptionalDouble.of(1),
                OptionalDouble.of(1),
                1,
                1,
                settings.parameters(),
                Map.of());
    }
}
