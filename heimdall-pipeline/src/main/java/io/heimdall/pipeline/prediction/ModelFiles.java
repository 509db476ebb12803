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
     * A model's file.
     *
     * @param title what people call it: {@code v3}, or the file's name as it was typed
     */
    public record Found(String title, Path file) {}

    /** Returns whether a word means a file, there or not, and no registered version. */
    public static boolean isFile(String model) {
        return model.endsWith(".onnx") || model.contains("/") || Files.isRegularFile(Path.of(model));
    }

    /**
     * Returns the model that a word stands for.
     *
     * @param model a file's name, a version ({@code 3} or {@code v3}) or an alias
     * @param name of the registered model, for versions and aliases
     * @throws PipelineException if there is no such file, version or alias; the message lists what there is
     */
    public static Found found(Tracker tracker, String name, String model) {
        if (isFile(model)) {
            if (!Files.isRegularFile(Path.of(model))) {
                throw new PipelineException(model + ": there is no such model file");
            }
            return new Found(model, Path.of(model));
        }
        ModelVersion version = version(tracker, name, model);
        return new Found("v" + version.version(), of(tracker, version));
    }

    /** Returns the file of a registered version. */
    public static Path of(Tracker tracker, ModelVersion version) {
        return tracker.fetch(version.runId(), version.artifact()).resolve(FILE);
    }

    /** Returns the file of the model that a word stands for, as {@link #found} does. */
    public static Path find(Tracker tracker, String name, String model) {
        return found(tracker, name, model).file();
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

    private static String describe(ModelVersion version) {
        return "v" + version.version()
                + (version.aliases().isEmpty() ? "" : " (" + String.join(", ", version.aliases()) + ")");
    }
}
