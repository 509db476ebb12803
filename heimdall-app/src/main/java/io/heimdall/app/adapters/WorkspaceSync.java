package io.heimdall.app.adapters;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ObjectStore;
import io.heimdall.pipeline.RunLinks;
import io.heimdall.pipeline.Services;
import io.heimdall.servers.ArtifactStores;
import io.heimdall.servers.postgres.PostgresCatalog;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.MinioObjectStore;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.mlflow.MlflowSettings;
import io.heimdall.tracking.mlflow.MlflowTracker;
import io.heimdall.tracking.sync.StoreSync;
import io.heimdall.tracking.sync.SyncListener;
import io.heimdall.tracking.sync.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the runs of a workspace to an MLflow server, and tells Heimdall's database, where one is set, the server's ids
 * of the runs.
 */
public final class WorkspaceSync {
    private final MlflowSettings mlflow;
    private final Optional<PostgresSettings> database;
    private final Map<String, String> environment;

    private WorkspaceSync(MlflowSettings mlflow, Optional<PostgresSettings> database, Map<String, String> environment) {
        this.mlflow = mlflow;
        this.database = database;
        this.environment = environment;
    }

    /**
     * Prepares to send; nothing is done yet.
     *
     * @param environment {@code MLFLOW_TRACKING_URI}, where results are written down {@code HEIMDALL_DATABASE_URL}, where the
     *     server does not take artifacts itself {@code MLFLOW_S3_ENDPOINT_URL} or {@code HEIMDALL_S3_ENDPOINT}, and what belongs
     *     to them
     * @return nothing if it names no MLflow server
     * @throws IllegalArgumentException if one of them cannot be used
     */
    public static Optional<WorkspaceSync> of(Map<String, String> environment) {
        S3Settings.parseForArtifacts(environment); // refused before anything is sent
        Optional<PostgresSettings> database = PostgresSettings.parse(environment);
        return MlflowSettings.parse(environment)
                .map(mlflow -> new WorkspaceSync(mlflow, database, Map.copyOf(environment)));
    }

    /**
     * Sends what the server does not have.
     *
     * @return what became of each run, and of the results in the database if they could not be corrected
     * @throws IOException if the workspace cannot be written
     */
    public SyncReport send(Workspace workspace, SyncListener listener) throws IOException {
        Path cache = workspace.directory().resolve("cache");
        Optional<MinioObjectStore> artifacts = ArtifactStores.open(environment, cache.resolve("artifacts"));
        try {
            MlflowTracker server = MlflowTracker.of(mlflow, cache, artifacts.map(ObjectStore.class::cast));
            StoreSync sync = StoreSync.of(Services.store(workspace), server);
            SyncReport report = sync.send(listener);
            return database.isEmpty() ? report : told(database.get(), sync.sent(), report);
        } finally {
            artifacts.ifPresent(MinioObjectStore::close);
        }
    }

    private static SyncReport told(PostgresSettings database, List<SentRun> sent, SyncReport report) {
        try (PostgresCatalog models = PostgresCatalog.open(database)) {
            RunLinks.write(models, sent);
            return report;
        } catch (DatasetException e) {
            Map<String, String> failed = new LinkedHashMap<>(report.failed());
            failed.put("table models", e.getMessage());
            return new SyncReport(report.sent(), report.alreadyThere(), report.versions(), failed);
        }
    }
}
