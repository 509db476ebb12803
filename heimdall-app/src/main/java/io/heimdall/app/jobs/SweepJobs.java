package io.heimdall.app.jobs;

import io.heimdall.app.jobs.SubmissionRefused.Reason;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.Trial;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sweeps that the workers of the queue share. Each is worked on by several jobs, which are durable as those of trainings are; the journal
 * is in the database. Thread-safe.
 */
public final class SweepJobs {
    private final SweepTable sweeps;
    private final JobTable table;
    private final JobQueue queue;
    private final Admission admission;

    SweepJobs(JobDatabase database, JobQueue queue, Admission admission) {
        this.sweeps = new SweepTable(database);
        this.table = new JobTable(database);
        this.queue = queue;
        this.admission = admission;
    }

    /**
     * Submits a sweep, once for each name.
     *
     * @return the sweep, which is an earlier one if the same was submitted with this name before
     * @throws IllegalArgumentException if settings of a trial cannot be used together
     * @throws SubmissionRefused if there is no such backend, station, session or training dataset, or the name is that of another
     *     sweep
     */
    public SweepJob submit(SweepOrder order) {
        List<Trial> proposals = order.plan().proposals(order.trials());
        SweepJob sweep = sweeps.find(order.name()).orElseGet(() -> added(order, proposals));
        boolean same = order.plan().isDefinedBy(sweep.state().definition())
                && sweep.state().trials().size() == proposals.size()
                && sweep.trainsFinal() == order.trainsFinal();
        if (!same) {
            throw new SubmissionRefused(
                    Reason.KEY_IN_USE,
                    "the name '" + order.name() + "' is that of a sweep with another space, other settings or another"
                            + " number of trials; take another name");
        }
        return sweep;
    }

    /** Returns the sweep now, which is another's if somebody was faster. */
    private SweepJob added(SweepOrder order, List<Trial> proposals) {
        SweepPlan plan = order.plan();
        admission.check(plan.base());
        admission.check(plan.finalSettings(proposals.get(0).values()));
        proposals.forEach(trial -> admission.checkBackend(plan.settings(trial.values())));
        sweeps.add(order, plan.begun(proposals))
                .ifPresent(made -> made.forEach(job -> queue.dispatch(job.dispatch(), job.job())));
        return sweeps.find(order.name()).orElseThrow();
    }

    /** Returns a sweep. */
    public Optional<SweepJob> find(String name) {
        return sweeps.find(name);
    }

    /** Returns the names of all sweeps with the times of their submission. */
    public Map<String, Instant> names() {
        Map<String, Instant> names = new LinkedHashMap<>();
        sweeps.entries().forEach(entry -> names.put(entry.name(), entry.submitted()));
        return names;
    }

    /**
     * Cancels a sweep; jobs that are running end within some seconds, those that have ended stay as they are.
     *
     * @return the sweep now; empty if there is none of this name
     */
    public Optional<SweepJob> cancel(String name) {
        sweeps.find(name).ifPresent(sweep -> sweep.workers().forEach(job -> table.cancel(job.id())));
        return sweeps.find(name);
    }
}
