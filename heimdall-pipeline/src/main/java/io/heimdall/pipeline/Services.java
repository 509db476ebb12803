package io.heimdall.pipeline;

import io.heimdall.dataset.ObjectStore;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.simulation.World;
import io.heimdall.tracking.FileStoreTracker;
import io.heimdall.tracking.ForwardingTracker;
import io.heimdall.tracking.MlflowSettings;
import io.heimdall.tracking.MlflowTracker;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
        RecordingCatalog catalog, ObjectStore objects, Tracker tracker, Path directory, Optional<World> world)
        implements AutoCloseable {

    /**
     * Returns the services of a workspace, with MLflow's file store in its folder {@code mlruns}.
     *
     * @throws IOException if the workspace cannot be read
     */
    public static Services of(Workspace workspace) throws IOException {
        return new Services(
                workspace.catalog(),
                workspace.objects(),
                FileStoreTracker.open(store(workspace)),
                workspace.directory(),
                World.of(workspace));
    }

    /**
     * Returns the services of a workspace; if the environment names an MLflow server ({@code MLFLOW_TRACKING_URI}), what goes
     * into the file store goes there too, and what cannot be sent is kept for {@code heimdall sync}.
     *
     * @param environment the variables that MLflow's own client reads
     * @throws IllegalArgumentException if one of them cannot be used
     * @throws IOException if the workspace cannot be read
     */
    public static Services of(Workspace workspace, Map<String, String> environment) throws IOException {
        Services offline = of(workspace);
        Optional<MlflowSettings> server = MlflowSettings.parse(environment);
        if (server.isEmpty()) {
            return offline;
        }
        Tracker forwarding = ForwardingTracker.open(
                store(workspace),
                MlflowTracker.of(server.get(), offline.directory().resolve("cache"), Optional.of(offline.objects())));
        return new Services(offline.catalog(), offline.objects(), forwarding, offline.directory(), offline.world());
    }

    /** Returns where a workspace keeps its runs. */
    public static Path store(Workspace workspace) {
        return workspace.directory().resolve("mlruns");
    }

    /** Waits a while until a server has what was recorded; the workspace stays open. */
    @Override
    public void close() {
        if (tracker instanceof ForwardingTracker forwarding) {
            forwarding.close();
        }
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
