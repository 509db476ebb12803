package io.heimdall.pipeline;

import io.heimdall.dataset.ModelCatalog;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.s3.MinioObjectStore;
import io.heimdall.files.ObjectStore;
import io.heimdall.simulation.World;
import io.heimdall.tracking.FileStoreTracker;
import io.heimdall.tracking.ForwardingTracker;
import io.heimdall.tracking.MlflowSettings;
import io.heimdall.tracking.MlflowTracker;
import io.heimdall.tracking.SentRun;
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
 * @param servers where catalogue and objects are; empty where they are a workspace's
 * @param artifacts where MLflow's artifacts go that its server does not take, if that is not the servers' object store
 */
public record Services(
        RecordingCatalog catalog,
        ObjectStore objects,
        Tracker tracker,
        Path directory,
        Optional<World> world,
        Optional<Servers> servers,
        Optional<MinioObjectStore> artifacts)
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
                World.of(workspace),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the services that the environment names, and those of a workspace in the place of others.
     *
     * <p>With a database ({@code HEIMDALL_DATABASE_URL}) and an object store ({@code HEIMDALL_S3_ENDPOINT}) sessions,
     * recordings and models are there, and the workspace has caches, checkpoints and runs only. With an MLflow server
     * ({@code MLFLOW_TRACKING_URI}) what goes into the file store goes there too, and what cannot be sent is kept for
     * {@code heimdall sync}. Where the server leaves it to its clients to write artifacts to S3, they go to
     * {@code MLFLOW_S3_ENDPOINT_URL} or else {@code HEIMDALL_S3_ENDPOINT}.
     *
     * @param environment those variables and what belongs to them, see {@link Servers#open} and {@link MlflowSettings#parse}
     * @throws IllegalArgumentException if one of them cannot be used
     * @throws io.heimdall.dataset.DatasetException if the database cannot be asked
     * @throws IOException if the workspace cannot be read
     */
    public static Services of(Workspace workspace, Map<String, String> environment) throws IOException {
        Optional<MlflowSettings> mlflow = MlflowSettings.parse(environment);
        boolean apart = mlflow.isPresent() && ArtifactStores.apart(environment); // refused before anything is opened
        Optional<Servers> servers =
                Servers.open(environment, workspace.directory().resolve("cache").resolve("objects"));
        Services stored = servers.isPresent() ? on(servers.get(), workspace) : of(workspace);
        if (mlflow.isEmpty()) {
            return stored;
        }
        Optional<MinioObjectStore> artifacts = apart
                ? ArtifactStores.open(
                        environment, workspace.directory().resolve("cache").resolve("artifacts"))
                : Optional.empty();
        Optional<ObjectStore> takes =
                artifacts.or(() -> stored.servers().map(Servers::objects)).map(ObjectStore.class::cast);
        Tracker forwarding = ForwardingTracker.open(
                store(workspace),
                MlflowTracker.of(mlflow.get(), stored.directory().resolve("cache"), takes),
                sent -> stored.models().ifPresent(models -> RunLinks.write(models, sent)));
        return new Services(
                stored.catalog(),
                stored.objects(),
                forwarding,
                stored.directory(),
                stored.world(),
                stored.servers(),
                artifacts);
    }

    private static Services on(Servers servers, Workspace workspace) {
        return new Services(
                servers.catalog(),
                servers.objects(),
                FileStoreTracker.open(store(workspace)),
                workspace.directory(),
                Optional.empty(),
                Optional.of(servers),
                Optional.empty());
    }

    /** Returns where results are written down for the rest of Heimdall; a workspace has no such table. */
    public Optional<ModelCatalog> models() {
        return servers.map(Servers::catalog);
    }

    /** Returns where a run is on an MLflow server, if one is named and has got something of it by now. */
    public Optional<SentRun> sent(String runId) {
        return tracker instanceof ForwardingTracker forwarding ? forwarding.sent(runId) : Optional.empty();
    }

    /** Returns where a workspace keeps its runs. */
    public static Path store(Workspace workspace) {
        return workspace.directory().resolve("mlruns");
    }

    /** Waits a while until a server has what was recorded, and leaves the servers; the workspace stays open. */
    @Override
    public void close() {
        if (tracker instanceof ForwardingTracker forwarding) {
            forwarding.close();
        }
        artifacts.ifPresent(MinioObjectStore::close);
        servers.ifPresent(Servers::close);
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
