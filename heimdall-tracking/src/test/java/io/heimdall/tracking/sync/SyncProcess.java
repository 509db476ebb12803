package io.heimdall.tracking.sync;

import io.heimdall.tracking.mlflow.MlflowSettings;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A process that sends a store, to be killed; {@code dev/mlflow-check.sh} uses it too. */
final class SyncProcess {
    private SyncProcess() {}

    /** Arguments: the directory {@code mlruns}, the address of the server. */
    public static void main(String[] args) {
        MlflowSettings settings = MlflowSettings.of(URI.create(args[1]));
        MlflowTracker server = MlflowTracker.of(settings, Path.of(args[0]).resolveSibling("cache"), Optional.empty());
        SyncReport report = StoreSync.of(Path.of(args[0]), server).send(SyncListener.SILENT);
        if (!report.complete()) {
            throw new IllegalStateException(report.toString());
        }
    }
}
