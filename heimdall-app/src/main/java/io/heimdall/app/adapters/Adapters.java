package io.heimdall.app.adapters;

import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectStore;
import io.heimdall.pipeline.RunLinks;
import io.heimdall.pipeline.Services;
import io.heimdall.servers.ArtifactStores;
import io.heimdall.servers.Servers;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.tracking.mlflow.MlflowSettings;
import io.heimdall.tracking.mlflow.MlflowTracker;
import io.heimdall.tracking.sync.ForwardingTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens the adapters that the environment names. It is the only class that knows all adapters. */
public final class Adapters {
    private Adapters() {}

    /**
     * Opens the services that the environment names, and those of a workspace in the place of others.
     *
     * <p>With a database ({@code HEIMDALL_DATABASE_URL}) and an object store ({@code HEIMDALL_S3_ENDPOINT}) sessions,
     * recordings and models are there, and the workspace has caches, checkpoints and runs only. With an MLflow server
     * ({@code MLFLOW_TRACKING_URI}) what goes into the file store goes there too, and what cannot be sent is kept for
     * {@code heimdall sync}. Where the server leaves it to its clients to write artifacts to S3, they go to
     * {@code MLFLOW_S3_ENDPOINT_URL} or else {@code HEIMDALL_S3_ENDPOINT}. Features are in the workspace, unless
     * {@code HEIMDALL_FEATURES_STORE} names a directory or a folder on an S3 server.
     *
     * @param environment those variables and what belongs to them, see {@link Servers#open} and {@link MlflowSettings#parse}
     * @throws IllegalArgumentException if one of them cannot be used
     * @throws io.heimdall.dataset.DatasetException if the database cannot be asked
     * @throws IOException if the workspace cannot be read
     */
    public static Services open(Workspace workspace, Map<String, String> environment) throws IOException {
        Optional<MlflowSettings> mlflow = MlflowSettings.parse(environment);
        boolean apart = mlflow.isPresent() && ArtifactStores.apart(environment); // refused before anything is opened
        Path cache = workspace.directory().resolve("cache");
        Optional<Servers> servers = Servers.open(environment, cache.resolve("objects"));
        Services plain = Services.of(workspace);
        NamedFeatures features;
        try {
            features = NamedFeatures.open(environment, plain.working());
        } catch (IOException | RuntimeException e) {
            servers.ifPresent(Servers::close);
            throw e;
        }
        Services local = plain.withFeatures(features.cache(), features.leaving());
        Services stored = servers.map(
                        found -> local.withCatalog(found.catalog(), found.objects(), found.catalog(), found::close))
                .orElse(local);
        if (mlflow.isEmpty()) {
            return stored;
        }
        Optional<MinioObjectStore> artifacts =
                apart ? ArtifactStores.open(environment, cache.resolve("artifacts")) : Optional.empty();
        Optional<ObjectStore> takes =
                artifacts.or(() -> servers.map(Servers::objects)).map(ObjectStore.class::cast);
        ForwardingTracker forwarding = ForwardingTracker.open(
                Services.store(workspace),
                MlflowTracker.of(mlflow.get(), cache, takes),
                sent -> stored.models().ifPresent(models -> RunLinks.write(models, sent)));
        return stored.withTracker(forwarding, () -> {
            try {
                forwarding.close();
            } finally {
                artifacts.ifPresent(MinioObjectStore::close);
            }
        });
    }
}
