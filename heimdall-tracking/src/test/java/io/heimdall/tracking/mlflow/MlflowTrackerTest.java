package io.heimdall.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.files.Backoff;
import io.heimdall.files.DirectoryObjectStore;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackerContract;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.mlflow.PeerFaults.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract on a peer that can be made to fail, and what the tracker does then. */
class MlflowTrackerTest extends TrackerContract {
    MlflowPeer peer;

    @AfterEach
    void closePeer() {
        peer.close();
    }

    @Override
    protected Tracker open() throws IOException {
        if (peer == null) {
            peer = new MlflowPeer();
        }
        return QuickMlflow.tracker(peer.address(), QuickMlflow.LIMIT, directory, Optional.empty());
    }

    /** Every call that a training makes, each with the fault at its first attempt. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENDLESS")
    void aPassingFaultLosesAndDoublesNothing(Fault fault) throws IOException {
        List<String> paths = List.of("runs/create", "runs/log-batch", "PUT", "model-versions/create");
        if (fault.stalls()) {
            tracker = QuickMlflow.tracker(peer.address(), QuickMlflow.SHORT_LIMIT, directory, Optional.empty());
        } else {
            paths = new ArrayList<>(paths);
            paths.addAll(List.of("experiments/get-by-name", "experiments/create", "artifacts/list", "runs/update"));
            paths.addAll(List.of("registered-models/create", "registered-models/alias"));
        }
        paths.forEach(path -> peer.faults.with(path, fault));
        TrackedRun run = start("run");
        run.param("seed", "7");
        peer.faults.with("runs/log-batch", fault);
        run.metrics(Map.of("a", 1.5, "b", 2.5), 1, NOON);
        run.metric("a", 0.5, 2, NOON);
        run.artifact(model(), "model");
        tracker.registerModel(model, run.id(), "model");
        tracker.alias(model, "champion", 1);
        run.finish(RunStatus.FINISHED);
        peer.faults.none();

        assertThat(tracker.runs()).extracting(RunSummary::id).containsExactly(run.id());
        RunSummary summary = tracker.run(run.id()).orElseThrow();
        assertThat(summary.params()).isEqualTo(Map.of("seed", "7"));
        assertThat(summary.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(tracker.history(run.id(), "a"))
                .containsExactly(new MetricPoint(NOON, 1.5, 1), new MetricPoint(NOON, 0.5, 2));
        assertThat(tracker.history(run.id(), "b")).containsExactly(new MetricPoint(NOON, 2.5, 1));
        assertThat(tracker.versions(model)).hasSize(1);
        assertThat(tracker.byAlias(model, "champion")).isPresent();
        peer.faults.with("GET", fault);
        assertThat(tracker.fetch(run.id(), "model/deep/weights.onnx")).hasContent("weights");
        assertThat(tracker.fetch(run.id(), "model").resolve("MLmodel")).hasContent("flavors: {}\n");
    }

    /** What a request leaves that was given up and is carried out after the next one. */
    @Test
    void aSecondRunOrVersionOfTheSameOriginGoes() throws IOException {
        MlflowTracker server = (MlflowTracker) tracker;
        String id = server.api().experiment(experiment);
        for (int i = 0; i < 2; i++) {
            server.api().create(id, "run", NOON, Map.of(), "same", true);
        }
        List<RunSummary> both = tracker.runs();
        assertThat(both).hasSize(2);
        TrackedRun run = tracker.resume(both.get(1).id());
        run.artifact(model(), "model");
        run.finish(RunStatus.FINISHED);
        assertThat(tracker.runs()).extracting(RunSummary::id).containsExactly(run.id());
        for (boolean fresh : new boolean[] {true, true, false}) {
            server.registry().add(model, run.id(), "mlflow-artifacts:/1/x/artifacts/model", "same", fresh);
        }
        assertThat(tracker.versions(model)).extracting(ModelVersion::version).containsExactly(1);
    }

    @Test
    void whatDoesNotPassIsReportedAfterSomeAttempts() {
        Fault[] faults = IntStream.range(0, 20).mapToObj(i -> Fault.BROKEN).toArray(Fault[]::new);
        peer.faults.with("runs/get", faults);
        assertThatThrownBy(() -> tracker.run("abc"))
                .isInstanceOf(TrackingException.class)
                .hasMessageMatching("MLflow at http://127.0.0.1:\\d+: runs/get: tried 5 times in \\d+\\.\\d s; last: "
                        + "HTTP 500 INTERNAL_ERROR: broken");
        assertThat(peer.calls("runs/get")).isEqualTo(5);
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        assertThatThrownBy(() -> tracker.resume("abc")).hasMessageContaining("there is no run abc on MLflow at http");
        assertThat(peer.calls("runs/get")).isEqualTo(1);
        peer.authorization = "Bearer other";
        assertThatThrownBy(() -> start("run"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("check MLFLOW_TRACKING_USERNAME")
                .hasMessageNotContaining("sesame");
        assertThat(peer.calls("experiments/get-by-name")).isEqualTo(1);
        peer.authorization = "Bearer sesame";
        assertThat(start("run").id()).isNotEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        Tracker nobody =
                QuickMlflow.tracker(URI.create("http://127.0.0.1:1"), QuickMlflow.LIMIT, directory, Optional.empty());
        assertThatThrownBy(nobody::runs)
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("MLflow at http://127.0.0.1:1: experiments/search: tried 5 times")
                .hasMessageEndingWith("no connection (refused, or no such host)");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() throws IOException {
        tracker = QuickMlflow.tracker(peer.address(), QuickMlflow.SHORT_LIMIT, directory, Optional.empty());
        peer.faults.with("runs/get", Fault.ENDLESS, Fault.ENDLESS, Fault.ENDLESS, Fault.ENDLESS, Fault.ENDLESS);
        assertThatThrownBy(() -> tracker.run("abc"))
                .hasMessageMatching(".*(longer than 67108864 bytes|no answer within 1500 ms)");
    }

    @Test
    void theServersWishToWaitIsHeard() {
        Backoff patient = Backoff.counted(2, Duration.ofMillis(1), Duration.ofMillis(700));
        MlflowTracker waiting = new MlflowTracker(
                new MlflowServer(new MlflowConnection(MlflowSettings.of(peer.address())), patient),
                directory,
                Optional.empty());
        peer.faults.with("experiments/search", Fault.TOO_MANY);
        long start = System.nanoTime();
        waiting.runs();
        // A second is asked for, and 0.7 s are the longest that is waited.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void manyTextsGoInBatchesThatTheServerTakes() {
        Map<String, String> params = new TreeMap<>();
        IntStream.range(0, 250).forEach(i -> params.put("p" + i, "\u0001".repeat(i % 3 == 0 ? 6000 : 1)));
        TrackedRun run = start("run");
        run.params(params);
        assertThat(tracker.run(run.id()).orElseThrow().params()).isEqualTo(params);
    }

    @Test
    void artifactsGoToTheDirectoryThatIsShared() throws IOException {
        Path shared = Files.createDirectories(directory.resolve("shared root"));
        peer.artifactRoot = shared.toUri().toString();
        TrackedRun run = start("run");
        Path report = Files.writeString(directory.resolve("report.html"), "<html>");
        // The peer does not look into the directory: to it, the machine of the client is another one.
        assertThatThrownBy(() -> run.artifact(report, "reports"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("does not see it there; start MLflow with --serve-artifacts");
        assertThat(tracker.fetch(run.id(), "reports/report.html")).hasContent("<html>");
    }

    @Test
    void artifactsGoToTheObjectStore() throws IOException {
        peer.artifactRoot = "s3://mlflow/root/";
        ObjectStore store = DirectoryObjectStore.open(directory.resolve("objects"));
        Tracker onObjects = QuickMlflow.tracker(peer.address(), QuickMlflow.LIMIT, directory, Optional.of(store));
        TrackedRun run = onObjects.start(RunInfo.of(experiment, "run"));
        run.artifact(model(), "model");
        String root = "root/1/" + run.id() + "/artifacts/model";
        assertThat(store.list("mlflow", ""))
                .containsExactly(
                        new ObjectKey("mlflow", root + "/MLmodel"),
                        new ObjectKey("mlflow", root + "/deep/weights.onnx"));
        assertThat(onObjects.fetch(run.id(), "model/deep/weights.onnx")).hasContent("weights");
        assertThat(onObjects.fetch(run.id(), "model").resolve("MLmodel")).exists();
        assertThat(onObjects.registerModel(model, run.id(), "model").artifact()).isEqualTo("model");
        assertThatThrownBy(() -> onObjects.fetch(run.id(), "model/none")).hasMessageContaining("no artifact");
    }

    @Test
    void addressesThatAreNotUnderstoodAreRefusedWithAWayOut() {
        Map.of(
                        "gs://bucket/", "only mlflow-artifacts:, s3: and file: are understood",
                        "s3://mlflow/", "no S3 store is named: set MLFLOW_S3_ENDPOINT_URL",
                        "mlflow-artifacts://elsewhere:80/", "on elsewhere:80, another server than")
                .forEach((root, message) -> {
                    peer.artifactRoot = root;
                    Path file = directory.resolve("f");
                    assertThatThrownBy(() -> {
                                Files.writeString(file, "x");
                                start("run").artifact(file, "");
                            })
                            .isInstanceOf(TrackingException.class)
                            .hasMessageContaining(message);
                });
        peer.artifactRoot = "mlflow-artifacts://" + peer.address().getAuthority() + "/";
        assertThat(start("run").id()).isNotEmpty();
    }
}
