package io.heimdall.app.service;

import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.pipeline.versions.Promotions;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the registered version that a caller means; never a file that a caller names. */
final class ModelChoice implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][\\w.\\-]{0,199}");
    private static final Pattern VERSION = Pattern.compile("v?([1-9]\\d{0,8})");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][\\w\\-]{0,199}");
    private static final Comparator<ModelVersion> BY_NUMBER = Comparator.comparingInt(ModelVersion::version);
    private static final String FILE = "model.onnx";

    private final Tracker tracker;
    private final KnownVersions known;

    ModelChoice(Tracker tracker) {
        this.tracker = tracker;
        this.known = new KnownVersions(tracker::versions);
    }

    /** Asks the tracker for the versions of a model. */
    List<ModelVersion> versions(String name) {
        return tracker.versions(named(name));
    }

    private static String named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.badRequest("the name of a model is of letters, digits, and _ - . and at most 200 characters");
        }
        return name;
    }

    /**
     * Returns the version that is meant.
     *
     * @param model a version or an alias; without it the default
     */
    ModelVersion version(Optional<String> model, Optional<String> name) {
        String wanted = model.orElse(Promotions.CHAMPION);
        if (!VERSION.matcher(wanted).matches() && !ALIAS.matcher(wanted).matches()) {
            throw Problem.badRequest("model is neither a version, such as 3, nor an alias");
        }
        String wantedName = named(name.orElse(TrainingSettings.MODEL_NAME));
        List<ModelVersion> versions = known.of(wantedName);
        if (versions.isEmpty()) {
            throw Problem.notFound("no version of this model is registered; a training makes one");
        }
        if (model.isEmpty()) {
            return usual(versions).orElseThrow();
        }
        return chosen(versions, wanted)
                .or(() -> chosen(versions(wantedName), wanted)) // it may be new
                .orElseThrow(() -> Problem.notFound("the model has no version or alias of this name"));
    }

    /** Returns the version that answers where none is named: the champion, or else the newest; empty if there is no version. */
    static Optional<ModelVersion> usual(List<ModelVersion> versions) {
        return chosen(versions, Promotions.CHAMPION).or(() -> versions.stream().max(BY_NUMBER));
    }

    private static Optional<ModelVersion> chosen(List<ModelVersion> versions, String wanted) {
        return versions.stream()
                .filter(v -> wanted.equals("v" + v.version())
                        || wanted.equals(Integer.toString(v.version()))
                        || v.aliases().contains(wanted))
                .max(BY_NUMBER);
    }

    Path file(ModelVersion version) {
        return tracker.fetch(version.runId(), version.artifact()).resolve(FILE);
    }

    @Override
    public void close() {
        known.close();
    }
}
