package io.heimdall.app.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.servers.ArtifactStores;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.sync.SyncListener;
import io.heimdall.tracking.sync.SyncReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it says where servers are missing; on real ones {@code .ci/real_servers.sh} runs it. */
class WorkspaceSyncTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    @Test
    void withoutAServerThereIsNothingToSendTo() {
        assertThat(WorkspaceSync.of(Map.of())).isEmpty();
        assertThat(WorkspaceSync.of(Map.of("HEIMDALL_DATABASE_URL", ""))).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(
                        () -> WorkspaceSync.of(Map.of("MLFLOW_TRACKING_URI", NOBODY, "MLFLOW_S3_ENDPOINT_URL", NOBODY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        assertThatThrownBy(() -> WorkspaceSync.of(Map.of(
                        "MLFLOW_TRACKING_URI",
                        NOBODY,
                        "HEIMDALL_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:1/heimdall")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HEIMDALL_DATABASE_USER");
    }

    @Tag("slow") // ten seconds of tries
    @Test
    void serversThatAreAwayAreNamedAndLoseNothing() throws Exception {
        try (Workspace workspace = Workspace.create(folder.resolve("w"))) {
            Services services = Services.of(workspace);
            TrackedRun run = services.tracker().start(RunInfo.of("heimdall", "offline"));
            Map<String, String> environment = Map.of(
                    "MLFLOW_TRACKING_URI", NOBODY,
                    "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0",
                    "MLFLOW_S3_ENDPOINT_URL", NOBODY,
                    "AWS_ACCESS_KEY_ID", "me",
                    "AWS_SECRET_ACCESS_KEY", "hush",
                    "HEIMDALL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/heimdall",
                    "HEIMDALL_DATABASE_USER", "me");

            SyncReport report = WorkspaceSync.of(environment).orElseThrow().send(workspace, SyncListener.SILENT);

            assertThat(report.complete()).isFalse();
            assertThat(report.failed()).containsOnlyKeys(run.id(), "table models");
            assertThat(report.failed().get(run.id())).contains("no connection");
            assertThat(report.failed().get("table models"))
                    .contains("is it running")
                    .doesNotContain("hush");
            assertThat(services.tracker().run(run.id())).isPresent();
        }
    }

    @Test
    void artifactsOfAServerThatDoesNotTakeThemNeverEndInTheWorkspace() throws Exception {
        try (Workspace workspace = Workspace.create(folder.resolve("w"))) {
            Map<String, String> mlflow = Map.of("MLFLOW_TRACKING_URI", NOBODY, "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0");
            assertThat(ArtifactStores.apart(mlflow)).isFalse();
            Map<String, String> both = new java.util.HashMap<>(mlflow);
            both.putAll(Map.of(
                    "MLFLOW_S3_ENDPOINT_URL", NOBODY, "AWS_ACCESS_KEY_ID", "me", "AWS_SECRET_ACCESS_KEY", "hush"));
            assertThat(ArtifactStores.apart(both)).isTrue();
            try (Services services = Adapters.open(workspace, both)) {
                assertThat(services.objects()).isSameAs(workspace.objects());
                assertThat(services.models()).isEmpty();
                assertThat(services.tracker().sent("0".repeat(32))).isEmpty();
            }
        }
    }
}
