package io.heimdall.pipeline;

import io.heimdall.dataset.ObjectStore;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.simulation.World;
import io.heimdall.tracking.FileStoreTracker;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a training works with: where sessions, objects and runs are, and a local directory for what is under way.
 *
 * @param catalog of the sessions
 * @param objects recordings, and the models that come of them
 * @param tracker of runs and model versions
 * @param directory for feature cache and checkpoints
 * @param world that the sessions are from, if it is a simulated one
 */
public record Services(
        RecordingCatalog catalog, ObjectStore objects, Tracker tracker, Path directory, Optional<World> world) {

    /**
     * Returns the services of a workspace, with MLflow's file store in its folder {@code mlruns}.
     *
     * @throws IOException if the workspace cannot be read
     */
    public static Services of(Workspace workspace) throws IOException {
        return new Services(
                workspace.catalog(),
                workspace.objects(),
                FileStoreTracker.open(workspace.directory().resolve("mlruns")),
                workspace.directory(),
                World.of(workspace));
    }

    /** Returns where computed features are kept; may be deleted at any time. */
    public Path featureCache() {
        return directory.resolve("cache").resolve("features");
    }

    /** Returns where trainings keep their checkpoints and reports, a folder each. */
    public Path trainings() {
        return directory.resolve("trainings");
    }
}
