package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepWorkerTest {
    @TempDir
    Path directory;

    /** Stops at the first trial, as a journal does whose claim another worker has taken. */
    private record Stopping(boolean told, AtomicBoolean asked) implements SweepListener {
        @Override
        public void begin(Trial trial, int epoch, boolean again) {
            asked.set(told);
            throw new CancellationException("another worker has taken the job");
        }

        @Override
        public boolean cancelled() {
            return asked.get();
        }
    }

    private SweepWorker worker(SweepListener listener) throws IOException {
        TrainingSettings base = TrainingSettings.seeded(1);
        SweepPlan plan = new SweepPlan(
                base.withPlan(base.plan().withEpochs(3)),
                new Space(Map.of("patience", new Dimension.Values(List.of(1L, 2L)))),
                Choice.SOBOL,
                1,
                new Asha(List.of(1, 3), 3),
                2);
        SweepFolder folder = new SweepFolder(directory);
        folder.begin(plan.begun(plan.proposals(2)));
        return new SweepWorker(null, folder, new FolderJournal(folder), plan, Optional.empty(), listener);
    }

    @Test
    void aClaimThatWasLostIsNoEndOfTheSweep() throws IOException {
        SweepWorker worker = worker(new Stopping(false, new AtomicBoolean()));

        assertThatThrownBy(worker::work).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoIsToldToStopLeavesTheJobOpen() throws IOException {
        SweepWorker worker = worker(new Stopping(true, new AtomicBoolean()));

        worker.work();

        assertThat(worker.journal().state().trial(1).job()).hasValue(0);
    }
}
