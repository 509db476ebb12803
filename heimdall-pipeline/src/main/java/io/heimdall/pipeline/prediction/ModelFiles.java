package io.heimdall.pipeline.prediction;

import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a model file by a path, a version or an alias. */
public final class ModelFiles {
    private static final String FILE = "model.onnx";

    private ModelFiles() {}

    /**
     * Returns the file that a word stands for.
     *
     * @param model a file's name, a version ({@code 3} or {@code v3}) or an alias
     * @param name of the registered model, for versions and aliases
     * @throws PipelineException if there is no such file, version or alias; the message lists what there is
     */
    public static Path find(Tracker tracker, String name, String model) {
        if (Files.isRegularFile(Path.of(model))) {
            return Path.of(model);
        }
        if (model.endsWith(".onnx") || model.contains("/")) {
            throw new PipelineException(model + ": there is no such model file");
        }
        ModelVersion version = version(tracker, name, model);
        return tracker.fetch(version.runId(), version.artifact()).resolve(FILE);
    }

    /**
     * Returns the registered version that a word stands for.
     *
     * @param model a version ({@code 3} or {@code v3}) or an alias
     * @param name of the registered model
     * @throws PipelineException if there is no such version or alias; the message lists what there is
     */
    public static ModelVersion version(Tracker tracker, String name, String model) {
        List<ModelVersion> versions = tracker.versions(name);
        if (versions.isEmpty()) {
            throw new PipelineException("no version of the model '" + name
                    + "' is registered here; 'heimdall train' makes one, or name an .onnx file");
        }
        return versions.stream()
                .filter(v -> model.equals("v" + v.version())
                        || model.equals(Integer.toString(v.version()))
                        || v.aliases().contains(model))
                .findFirst()
                .orElseThrow(() -> new PipelineException("'" + model
                        + "' is neither a file, a version nor an alias of the model '" + name + "'; it has "
                        + String.join(
                                ", ",
                                versions.stream().map(ModelFiles::describe).toList())));
    }

    /** Returns what people call the model that a word stands for: {@code v3}, or the file's name as it was typed. */
    public static String title(Tracker tracker, String name, String model) {
        return Files.isRegularFile(Path.of(model))
                ? model
                : "v" + version(tracker, name, model).version();
    }

    private static String describe(ModelVersion version) {
        return "v" + version.version()
                + (version.aliases().isEmpty() ? "" : " (" + String.join(", ", version.aliases()) + ")");
    }
}
