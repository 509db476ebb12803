package io.heimdall.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every tracker does. Whoever writes one extends this class and says how it is opened. */
public abstract class TrackerContract {
    protected static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");

    @TempDir
    protected Path directory;

    /** Names that no other test uses, since a server may have been used before. */
    protected final String experiment = "heimdall-" + UUID.randomUUID();

    protected final String model = "localization-" + UUID.randomUUID();

    protected Tracker tracker;

    /** Returns a tracker; each call within one test opens the same record. */
    protected abstract Tracker open() throws IOException;

    @BeforeEach
    void openTracker() throws IOException {
        tracker = open();
    }

    protected Path model() throws IOException {
        Path model = Files.createDirectories(directory.resolve("model-source").resolve("deep"));
        Files.writeString(model.resolve("weights.onnx"), "weights");
        Files.writeString(model.getParent().resolve("MLmodel"), "flavors: {}\n");
        return model.getParent();
    }

    protected TrackedRun start(String name) {
        return tracker.start(new RunInfo(experiment, name, Map.of("git.commit", "abc")));
    }

    @Test
    void aRunIsThereFromItsStart() {
        Instant before = Instant.now().minusSeconds(60);
        TrackedRun run = start("first run");
        RunSummary summary = tracker.run(run.id()).orElseThrow();
        assertThat(summary.experiment()).isEqualTo(experiment);
        assertThat(summary.name()).isEqualTo("first run");
        assertThat(summary.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(summary.start()).isBetween(before, before.plusSeconds(120));
        assertThat(summary.end()).isEmpty();
        assertThat(summary.tags()).containsEntry("git.commit", "abc");
        assertThat(summary.params()).isEmpty();
        assertThat(summary.metrics()).isEmpty();
        assertThat(tracker.run("ffffffffffffffffffffffffffffffff")).isEmpty();
    }

    @Test
    void whatIsRecordedIsReadBack() throws IOException {
        TrackedRun run = start("run");
        run.params(Map.of("learning rate", 1e-3, "network", "resnet18"));
        run.tag("host", "a");
        run.tag("host", "b");
        run.metric("validation/nll", 2.5, 1, NOON);
        run.metric("validation/nll", -1e-300, 2, NOON.plusMillis(1));
        run.metric("validation/nll", Double.NaN, 3, NOON.plusMillis(2));
        run.metric("train.loss", Double.POSITIVE_INFINITY, 1, NOON);
        run.finish(RunStatus.FINISHED);

        RunSummary summary = open().run(run.id()).orElseThrow();
        assertThat(summary.params()).isEqualTo(Map.of("learning rate", "0.001", "network", "resnet18"));
        assertThat(summary.tags()).containsEntry("host", "b");
        assertThat(summary.metrics())
                .isEqualTo(Map.of("validation/nll", Double.NaN, "train.loss", Double.POSITIVE_INFINITY));
        assertThat(summary.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(summary.end().orElseThrow()).isAfterOrEqualTo(summary.start());
        assertThat(tracker.history(run.id(), "validation/nll"))
                .containsExactly(
                        new MetricPoint(NOON, 2.5, 1),
                        new MetricPoint(NOON.plusMillis(1), -1e-300, 2),
                        new MetricPoint(NOON.plusMillis(2), Double.NaN, 3));
        assertThat(tracker.history(run.id(), "unheard of")).isEmpty();
    }

    @Test
    void aRunThatWasLeftBehindIsResumed() throws IOException {
        TrackedRun killed = start("run");
        killed.param("seed", "7");
        killed.metric("loss", 3, 1, NOON);
        killed.metric("loss", 2, 2, NOON);

        Tracker later = open();
        TrackedRun run = later.resume(killed.id());
        run.param("seed", "7");
        run.metric("loss", 2, 2, NOON.plusSeconds(9));
        run.metric("loss", 1, 3, NOON.plusSeconds(10));
        assertThat(later.run(run.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        run.finish(RunStatus.FINISHED);

        assertThat(later.history(run.id(), "loss"))
                .extracting(MetricPoint::step, MetricPoint::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, 3.0),
                        org.assertj.core.groups.Tuple.tuple(2L, 2.0),
                        org.assertj.core.groups.Tuple.tuple(3L, 1.0));
        assertThat(later.runs()).extracting(RunSummary::id).containsOnlyOnce(run.id());
        assertThatThrownBy(() -> later.resume("00000000000000000000000000000000"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("there is no run 00000000000000000000000000000000");
    }

    @Test
    void theMetricsOfAnEpochAreRecordedAtOnce() {
        TrackedRun run = start("run");
        run.metrics(Map.of("a", 1.5, "b/c", -2.0), 1, NOON);
        run.metrics(Map.of("a", 1.25, "b/c", -2.0), 1, NOON.plusMillis(5));
        assertThat(tracker.history(run.id(), "a"))
                .containsExactly(new MetricPoint(NOON, 1.5, 1), new MetricPoint(NOON.plusMillis(5), 1.25, 1));
        assertThat(tracker.history(run.id(), "b/c")).containsExactly(new MetricPoint(NOON, -2, 1));
    }

    @Test
    void aParamCannotChange() {
        TrackedRun run = start("run");
        run.param("epochs", "10");
        assertThatThrownBy(() -> run.param("epochs", "20"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining(run.id())
                .hasMessageContaining("epochs is '10' already and cannot become '20'");
    }

    @Test
    void runsAreListedTheLatestFirst() throws InterruptedException {
        String first = start("a").id();
        Thread.sleep(5);
        String second = tracker.start(RunInfo.of("another " + experiment, "b")).id();
        List<RunSummary> own = tracker.runs().stream()
                .filter(run -> run.experiment().endsWith(experiment))
                .toList();
        assertThat(own).extracting(RunSummary::id).containsExactly(second, first);
        assertThat(own).extracting(RunSummary::experiment).containsExactly("another " + experiment, experiment);
    }

    @Test
    void aRunThatFailedSaysSo() {
        TrackedRun run = start("run");
        assertThatThrownBy(() -> run.finish(RunStatus.RUNNING)).isInstanceOf(IllegalArgumentException.class);
        run.finish(RunStatus.FAILED);
        assertThat(tracker.run(run.id()).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void artifactsAreFetchedAsTheyWereGiven() throws IOException {
        TrackedRun run = start("run");
        Path report = Files.writeString(directory.resolve("report.html"), "<html>");
        run.artifact(report, "");
        run.artifact(report, "reports/final");
        run.artifact(model(), "model");
        Files.writeString(report, "changed");
        run.artifact(report, "");
        assertThat(tracker.fetch(run.id(), "report.html")).hasContent("changed");
        assertThat(tracker.fetch(run.id(), "reports/final/report.html")).hasContent("<html>");
        assertThat(tracker.fetch(run.id(), "model/deep/weights.onnx")).hasContent("weights");
        assertThat(tracker.fetch(run.id(), "model").resolve("MLmodel")).exists();
        assertThatThrownBy(() -> run.artifact(directory.resolve("nothing"), ""))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("nothing does not exist");
        assertThatThrownBy(() -> tracker.fetch(run.id(), "model/none"))
                .isInstanceOf(TrackingException.class)
                .hasMessage("run " + run.id() + " has no artifact model/none");
    }

    @Test
    void versionsCountFromOneAndAliasesMove() throws IOException {
        assertThat(tracker.versions(model)).isEmpty();
        TrackedRun run = start("run");
        run.artifact(model(), "model");
        ModelVersion first = tracker.registerModel(model, run.id(), "model");
        ModelVersion second = tracker.registerModel(model, run.id(), "model");
        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        tracker.alias(model, "champion", 1);
        tracker.alias(model, "candidate", 2);
        assertThat(tracker.byAlias(model, "champion"))
                .map(ModelVersion::version)
                .contains(1);
        tracker.alias(model, "champion", 2);
        ModelVersion champion = open().byAlias(model, "champion").orElseThrow();
        assertThat(champion.version()).isEqualTo(2);
        assertThat(champion.runId()).isEqualTo(run.id());
        assertThat(champion.artifact()).isEqualTo("model");
        assertThat(champion.aliases()).containsExactlyInAnyOrder("candidate", "champion");
        assertThat(tracker.fetch(champion.runId(), champion.artifact()).resolve("MLmodel"))
                .exists();
        assertThat(tracker.versions(model)).hasSize(2);
        assertThat(tracker.byAlias(model, "none")).isEmpty();
        assertThatThrownBy(() -> tracker.alias(model, "champion", 3))
                .isInstanceOf(TrackingException.class)
                .hasMessage("model " + model + " has no version 3, only [1, 2]");
        assertThatThrownBy(() -> tracker.registerModel(model, run.id(), "elsewhere"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("has no artifact elsewhere");
    }

    @Test
    void anAliasMovesWithItsTraceFromWhereItIsSaidToPoint() throws IOException {
        TrackedRun run = start("run");
        run.artifact(model(), "model");
        for (int i = 0; i < 3; i++) {
            tracker.registerModel(model, run.id(), "model");
        }
        tracker.move(model, move(OptionalInt.empty(), 1, Map.of("heimdall.champion.1", "the first ±\n")));
        assertThat(tracker.byAlias(model, "previous")).isEmpty();
        tracker.move(model, move(OptionalInt.of(1), 2, Map.of("heimdall.champion.2", "{\"from\": 1}", "b", "c")));

        List<ModelVersion> versions = open().versions(model);
        assertThat(versions)
                .extracting(ModelVersion::aliases)
                .containsExactly(Set.of("previous"), Set.of("champion"), Set.of());
        assertThat(versions)
                .extracting(ModelVersion::tags)
                .containsExactly(
                        Map.of("heimdall.champion.1", "the first ±\n"),
                        Map.of("heimdall.champion.2", "{\"from\": 1}", "b", "c"),
                        Map.of());

        AliasMove late = move(OptionalInt.of(1), 3, Map.of("heimdall.champion.3", "too late"));
        assertThatThrownBy(() -> tracker.move(model, late))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("champion of the model " + model + " is version 2 now, and not version 1");
        assertThatThrownBy(() -> tracker.move(model, move(OptionalInt.of(2), 4, Map.of())))
                .isInstanceOf(TrackingException.class)
                .hasMessage("model " + model + " has no version 4, only [1, 2, 3]");
        assertThat(tracker.versions(model)).isEqualTo(versions);
    }

    private static AliasMove move(OptionalInt from, int to, Map<String, String> tags) {
        return new AliasMove("champion", from, to, "previous", tags);
    }

    @Test
    void aVersionIsTagged() throws IOException {
        TrackedRun run = start("run");
        run.artifact(model(), "model");
        tracker.registerModel(model, run.id(), "model");
        tracker.registerModel(model, run.id(), "model");

        tracker.tag(model, 2, Map.of("heimdall.file.int8", "{\"bytes\": 1}", "b", "c"));
        tracker.tag(model, 2, Map.of("heimdall.file.int8", "{\"bytes\": 2}"));

        assertThat(open().versions(model))
                .extracting(ModelVersion::tags)
                .containsExactly(Map.of(), Map.of("heimdall.file.int8", "{\"bytes\": 2}", "b", "c"));
        assertThatThrownBy(() -> tracker.tag(model, 3, Map.of("a", "b")))
                .isInstanceOf(TrackingException.class)
                .hasMessage("model " + model + " has no version 3, only [1, 2]");
        assertThatThrownBy(() -> tracker.tag(model, 1, Map.of("a/../b", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMoveThatNoRecordCouldKeepIsRefused() {
        assertThatThrownBy(() -> move(OptionalInt.of(2), 2, Map.of())).hasMessage("version 2 is champion already");
        assertThatThrownBy(() -> move(OptionalInt.of(1), 2, Map.of("a/../b", "")))
                .hasMessageContaining("a/../b");
        assertThatThrownBy(() -> move(OptionalInt.of(1), 2, Map.of("a", "x".repeat(5001))))
                .hasMessage("tag a has 5001 characters, at most 5000 are kept");
        assertThatThrownBy(() -> new AliasMove("champion", OptionalInt.of(1), 2, "champion", Map.of()))
                .hasMessageContaining("two names are expected");
    }

    @Test
    void aVersionKnowsAnArtifactWithASpaceInItsName() throws IOException {
        TrackedRun run = start("run");
        run.artifact(model(), "models/the best");
        tracker.registerModel(model, run.id(), "models/the best");
        ModelVersion version = tracker.versions(model).get(0);
        assertThat(version.artifact()).isEqualTo("models/the best");
        assertThat(tracker.fetch(run.id(), version.artifact()).resolve("MLmodel"))
                .exists();
    }

    @Test
    void whetherAModelCanBeRegisteredIsCheckedWithoutATrace() {
        tracker.checkModel("heimdall-new");

        assertThat(tracker.versions("heimdall-new")).isEmpty();
        for (String name : List.of("a/b", "", "two words", "x".repeat(201))) {
            assertThatThrownBy(() -> tracker.checkModel(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("model '" + name + "' is not a name of letters");
        }
    }

    @Test
    void versionsAreUniqueWhenRegisteredAtTheSameTime() throws IOException {
        TrackedRun run = start("run");
        run.artifact(model(), "model");
        List<Integer> versions = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> tracker.registerModel(model, run.id(), "model").version())
                .toList();
        assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void namesThatWouldLeaveTheirPlaceAreRefused() {
        TrackedRun run = start("run");
        for (String name : List.of("..", "../x", "a/../../x", "/etc/passwd", "a//b", "a/.", "", " ", "a\nb", "a\0b")) {
            assertThatThrownBy(() -> run.param(name, "v")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.tag(name, "v")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.metric(name, 1, 1, NOON)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tracker.history(run.id(), name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tracker.fetch(run.id(), name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tracker.run(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tracker.versions(name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tracker.byAlias("m", name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> run.artifact(directory, "../out")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tracker.alias("m", "latest", 1)).hasMessageContaining("neither 'latest'");
        assertThatThrownBy(() -> tracker.alias("m", "v1", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunInfo.of(" ", "run")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesThatNoServerWouldTakeAreRefused() {
        TrackedRun run = start("run");
        run.param("long", "x".repeat(6000));
        assertThatThrownBy(() -> run.param("longer", "x".repeat(6001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("param longer has 6001 characters, at most 6000 are kept");
    }
}
