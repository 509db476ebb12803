package io.heimdall.tracking.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackerContract;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.MlflowSettings;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on a real MLflow server; {@code dev/mlflow-check.sh} starts one and gives its address. */
@EnabledIfSystemProperty(
        named = MlflowServerTest.PROPERTY,
        matches = "http.+",
        disabledReason = "no MLflow server: dev/mlflow-check.sh starts one, or give -D" + MlflowServerTest.PROPERTY
                + "=http://127.0.0.1:PORT")
class MlflowServerTest extends TrackerContract {
    static final String PROPERTY = "heimdall.mlflow.uri";

    static MlflowSettings settings() {
        return MlflowSettings.of(URI.create(System.getProperty(PROPERTY)));
    }

    @Test
    void aStoreIsSentWithTheSameContent() throws IOException {
        FileStoreTracker store = FileStoreTracker.open(directory.resolve("mlruns"));
        TrackedRun run = store.start(new RunInfo(experiment, "stored \u00b1", Map.of("note", "\u00fc")));
        run.params(Map.of("text", "a\nb \u00b5", "long", "x".repeat(6000)));
        for (int epoch = 1; epoch <= 1200; epoch++) {
            run.metrics(Map.of("a", Math.sin(epoch), "b/c", 1e-300 * epoch), epoch, NOON.plusSeconds(epoch));
        }
        run.metric("odd", Double.NaN, 1, NOON);
        run.metric("odd", Double.NEGATIVE_INFINITY, 2, NOON);
        run.artifact(model(), "model two");
        store.registerModel(model, run.id(), "model two");
        store.alias(model, "champion", 1);
        run.finish(RunStatus.FINISHED);
        StoreSync sync = new StoreSync(store, (MlflowTracker) tracker);
        assertThat(sync.send(SyncListener.SILENT)).isEqualTo(new SyncReport(1, 0, 1, Map.of()));
        SameContent.check(store, tracker);
        Files.delete(SyncJournal.file(store.require(run.id()).path(), settings().address()));
        assertThat(sync.send(SyncListener.SILENT)).isEqualTo(new SyncReport(1, 0, 0, Map.of()));
        SameContent.check(store, tracker);
    }

    @Override
    protected Tracker open() {
        return MlflowTracker.of(settings(), directory.resolve("cache"), Optional.empty());
    }
}
