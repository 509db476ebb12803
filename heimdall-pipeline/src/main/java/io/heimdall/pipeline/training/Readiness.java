package io.heimdall.pipeline.training;

import io.heimdall.dataset.ModelResult;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.ObjectKey;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.NetworkFamily;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Whether all is there that a training needs late: looked at before it costs anything.
 *
 * <p>Each check tries what the training will do, in little, and leaves no trace of it. What may be missing at the end is not asked for:
 * the MLflow server, which gets later what it does not get now.
 *
 * @param destination of the model
 * @param space on disk that the training takes
 * @param settings of it
 */
record Readiness(ModelDestination destination, TrainingSpace space, TrainingSettings settings) {
    /**
     * Checks everything for a new training.
     *
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws PipelineException if something is lacking
     * @throws IOException if a file or the object store cannot be written
     */
    void checkNew() throws IOException {
        SettingsCheck.of(settings);
        checkPretrained();
        space.check(0);
        checkServices();
    }

    /** Checks everything for one that goes on, as {@link #checkNew} does. */
    void checkMore(TrainingFolder folder) throws IOException {
        SettingsCheck.of(settings);
        if (!folder.checkpoints().present()) {
            checkPretrained();
        }
        space.check(bytes(folder.path()));
        checkServices();
    }

    private void checkServices() throws IOException {
        checkWritable(space.working().trainings());
        destination.tracker().checkModel(settings.modelName());
        destination.objects().checkWritable(ObjectKey.MODELS);
        destination
                .models()
                .ifPresent(models -> models.checkModel(UUID.randomUUID().toString(), anyResult()));
        OnnxModel.runtimeVersion(); // it judges the exported model
    }

    private void checkPretrained() throws IOException {
        Optional<Path> file = settings.pretrained();
        if (file.isPresent()) {
            NetworkSpec network = settings.example();
            if (!hasBackbone(Networks.named(settings.network()))) {
                throw new IllegalArgumentException("network " + settings.network()
                        + " has no backbone that the weights of " + file.get() + " could begin; "
                        + SettingsCheck.others(Readiness::hasBackbone) + " have one");
            }
            PretrainedBackbone.read(file.get()).into(network, zeros(network));
        }
    }

    private static boolean hasBackbone(NetworkFamily family) {
        return TrainingSettings.example(family).parts().containsKey("backbone");
    }

    private static Weights zeros(NetworkSpec network) {
        Map<String, FloatTensor> zeros = new LinkedHashMap<>();
        network.parameters().forEach(parameter -> zeros.put(parameter.name(), FloatTensor.zeros(parameter.shape())));
        return new Weights(zeros);
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
                TrainingFields.table().parameters(settings),
                Map.of());
    }
}
