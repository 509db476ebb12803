package io.heimdall.tracking.sync;

import io.heimdall.tracking.AliasMove;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.OnnxFlavor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A store with everything in it that a tracker records; {@code dev/mlflow-check.sh} shows it to MLflow. */
final class SampleStore {
    static final String MODEL = "localization";
    static final String ALIAS = "champion";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");

    private SampleStore() {}

    /** Arguments: the directory {@code mlruns} to write, an ONNX file of input {@code x} and output {@code y}. */
    public static void main(String[] args) throws IOException {
        write(FileStoreTracker.open(Path.of(args[0])), Path.of(args[1]), Files.createTempDirectory("flavor"));
    }

    /** Records three runs and two versions, and returns the id of the run that has the model. */
    static String write(Tracker tracker, Path onnx, Path scratch) throws IOException {
        Path report = Files.writeString(scratch.resolve("report.html"), "<html>µ</html>");
        TrackedRun whole =
                tracker.start(new RunInfo("heimdall", "whole ± run", Map.of("git.commit", "abc", "host", "ü")));
        whole.params(Map.of("learning rate", 1e-3, "network/depth", 18, "long", "x".repeat(6000), "text", "a\nb µ"));
        for (int epoch = 1; epoch <= 30; epoch++) {
            Instant at = NOON.plusSeconds(epoch);
            whole.metric("validation/nll", 4 / (double) epoch - 1, epoch, at);
            whole.metric("train/loss", 5.0 / (epoch + 1), epoch, at);
            whole.metric("train/learning_rate", 1e-3 * Math.cos(epoch / 20.0), epoch, at);
        }
        whole.metric("odd", Double.NaN, 1, NOON);
        whole.metric("odd", Double.POSITIVE_INFINITY, 2, NOON);
        whole.metric("odd", -1e-300, 3, NOON);
        whole.artifact(report, "reports/final");
        for (int version = 1; version <= 2; version++) {
            Path model = scratch.resolve("v" + version).resolve("model");
            OnnxFlavor.write(
                    model,
                    onnx,
                    List.of(new OnnxFlavor.Tensor("x", -1, 3)),
                    List.of(new OnnxFlavor.Tensor("y", -1, 3)),
                    whole.id());
            whole.artifact(model, version == 1 ? "model" : "model two");
            tracker.registerModel(MODEL, whole.id(), version == 1 ? "model" : "model two");
        }
        tracker.move(MODEL, new AliasMove(ALIAS, OptionalInt.empty(), 1, "previous", Map.of()));
        tracker.move(
                MODEL,
                new AliasMove(
                        ALIAS, OptionalInt.of(1), 2, "previous", Map.of("heimdall.champion.1", "{\"who\": \"µ\"}")));
        tracker.alias(MODEL, "first", 1);
        whole.finish(RunStatus.FINISHED);
        TrackedRun failed = tracker.start(RunInfo.of("heimdall", "failed"));
        failed.metric("train/loss", 9, 1, NOON);
        failed.finish(RunStatus.FAILED);
        tracker.start(RunInfo.of("another experiment", "left behind")).param("seed", "7");
        return whole.id();
    }
}
