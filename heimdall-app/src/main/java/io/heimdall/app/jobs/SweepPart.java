package io.heimdall.app.jobs;

import io.heimdall.pipeline.sweep.Sweep;
import io.heimdall.pipeline.sweep.SweepFolder;
import io.heimdall.pipeline.sweep.SweepJournal;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.tracking.RunStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The part of a sweep that a job does: trials, one after the other, and the last training if no other job is at it. All jobs of a sweep are
 * alike.
 *
 * @param pipeline that trains in this workspace
 * @param stored the sweep
 * @param journal that its jobs share
 * @param job that is watched
 * @param threads of each training
 */
record SweepPart(
        TrainingPipeline pipeline, SweepTable.Stored stored, SweepJournal journal, RunningJob job, int threads) {

    /**
     * Works until the sweep has ended.
     *
     * @return what the job has come to
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the job is to stop
     */
    Map<String, Object> work() throws IOException {
        SweepFolder folder = SweepFolder.of(pipeline.working(), stored.name());
        PartListener listener = new PartListener(job);
        Sweep sweep = new Sweep(pipeline.watchedBy(listener), folder, journal, stored.plan(), listener);
        if (!isDone(journal.state())) {
            sweep = sweep.joined(stored.id());
            job.run(sweep.journal()
                    .state()
                    .parentRun()); // from now on, the death of this process is no fault of the job
            work(sweep, listener);
        }
        return result(journal.state());
    }

    private boolean isDone(SweepState state) {
        return stored.plan().isDone(state.trials()) && (state.last().isPresent() || !stored.trainsFinal());
    }

    private void work(Sweep sweep, PartListener listener) throws IOException {
        RunStatus status = RunStatus.FAILED;
        try {
            sweep.worker(Optional.of(threads)).work();
            if (listener.cancelled()) {
                throw new CancellationException("the job is to stop");
            }
            if (stored.trainsFinal()) {
                sweep.last(Optional.of(threads));
            }
            status = RunStatus.FINISHED;
        } catch (CancellationException e) {
            status = RunStatus.KILLED;
            throw e;
        } finally {
            sweep.conclude(status);
        }
    }

    private Map<String, Object> result(SweepState state) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sweep", stored.name());
        result.put("best", state.best().map(best -> best.number()).orElse(null));
        return result;
    }
}
