package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.pipeline.training.RunLabel;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process may die between any two records. */
class SweepRunsTest {
    @TempDir
    Path folder;

    private Tracker tracker;
    private SweepRuns runs;

    @BeforeEach
    void open() {
        tracker = FileStoreTracker.open(folder.resolve("mlruns"));
        runs = new SweepRuns(tracker, "rates");
    }

    @Test
    void theRunOfTheWholeIsFoundAgain() {
        String id = runs.parent("e").id();
        assertThat(runs.parent("e").id()).isEqualTo(id);
        assertThat(new SweepRuns(tracker, "other").parent("e").id()).isNotEqualTo(id);
        tracker.resume(id).finish(RunStatus.FINISHED);
        assertThat(runs.parent("e").id()).as("another sweep of this name").isNotEqualTo(id);
    }

    @Test
    void aSweepThatWorkspacesShareHasOneRunInEachRecord() {
        String id = runs.join("e", "a").id();
        tracker.resume(id).finish(RunStatus.FINISHED);

        assertThat(runs.join("e", "a").id()).isEqualTo(id);
        assertThat(runs.join("e", "b").id()).isNotEqualTo(id);
        assertThat(runs.parent("e").id()).as("that of a command").isNotEqualTo(id);
    }

    @Test
    void aRunWithoutATrainingIsEnded() throws IOException {
        RunLabel label = runs.ofTrial("parent", Trial.proposed(3, Map.of()));
        TrackedRun left = tracker.start(new RunInfo("e", label.name().orElseThrow(), label.tags()));

        assertThat(runs.begun(folder, label)).isEmpty();

        assertThat(tracker.run(left.id()).orElseThrow().status()).isEqualTo(RunStatus.KILLED);
        assertThat(tracker.run(left.id()).orElseThrow().tags())
                .containsEntry(RunInfo.PARENT, "parent")
                .containsEntry("sweep.trial", "3");
    }

    @Test
    void whatAKilledProcessDidNotRecordIsRecordedInTheEnd() {
        String parent = runs.parent("e").id();
        String id = tracker.start(RunInfo.of("e", "trial 1")).id();
        Trial trial =
                Trial.proposed(1, Map.of()).withRun(id).reached(new Trial.Result(2, 0.5, Duration.ofSeconds(1), false));

        runs.concluded(trial, "stopped");
        runs.concluded(trial, "stopped");

        assertThat(tracker.run(id).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(tracker.run(id).orElseThrow().tags()).containsEntry("sweep.state", "stopped");
        assertThat(tracker.history(id, "sweep/validation_nll")).hasSize(1);
        runs.reached(trial, "stopped", new SweepState("{}", parent, List.of(trial), Optional.empty()));
        assertThat(tracker.history(parent, "sweep/best"))
                .singleElement()
                .satisfies(point -> assertThat(point.value()).isEqualTo(0.5));
    }
}
