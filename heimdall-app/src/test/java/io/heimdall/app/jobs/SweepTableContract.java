package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.app.jobs.JobClaims.Claim;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables of sweeps promise on every database: no change is lost, and a trial has one worker at a time. */
abstract class SweepTableContract {
    private static final String SPACE =
            "{rungs: [1], base: {network: small, epochs: 2}, space: {patience: [1, 2, 3, 4]}}";

    private JobDatabase database;
    private SweepTable sweeps;
    private JobTable table;
    private JobClaims claims;

    abstract JobStore store() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = JobDatabase.open(store());
        sweeps = new SweepTable(database);
        table = new JobTable(database);
        claims = new JobClaims(database);
    }

    private static SweepOrder order(String name, int workers) {
        SweepPlan plan = SpaceFile.parse("the space", SPACE, TrainingSettings.seeded(3));
        return new SweepOrder(name, SPACE, plan, 4, workers, true);
    }

    private List<Claim> claimed(int workers) {
        SweepOrder order = order("s", workers);
        return sweeps.add(order, order.plan().begun(order.plan().proposals(4))).orElseThrow().stream()
                .map(made -> claims.claim(made.job(), made.dispatch(), "worker").orElseThrow())
                .toList();
    }

    private TableJournal journal(Claim claim) {
        return new TableJournal(database, "s", claim);
    }

    private void silence(Claim claim) {
        database.with(handle -> handle.execute(
                "UPDATE heimdall_training_job SET beat = 0 WHERE id = ?",
                claim.job().id()));
    }

    @Test
    void aSweepComesBackAsItWasSubmittedAndOnce() {
        List<Claim> jobs = claimed(2);

        SweepJob sweep = sweeps.find("s").orElseThrow();

        assertThat(sweep.plan()).isEqualTo(order("s", 2).plan());
        assertThat(sweep.state().trials()).hasSize(4);
        assertThat(sweep.workers()).extracting(TrainingJob::id).containsExactly(ids(jobs));
        assertThat(sweep.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(sweeps.ofJob(jobs.get(1).job().id()).orElseThrow().name()).isEqualTo("s");
        assertThat(sweeps.add(order("s", 1), sweep.state())).isEmpty();
        assertThat(sweeps.entries()).extracting(SweepTable.Entry::name).containsExactly("s");
        assertThat(sweeps.find("t")).isEmpty();
    }

    private static String[] ids(List<Claim> jobs) {
        return jobs.stream().map(claim -> claim.job().id()).toArray(String[]::new);
    }

    @Test
    void jobsOfSweepsAreNotListedAsTrainings() {
        Claim part = claimed(1).get(0);
        String training = table.add(TrainingSettings.seeded(1), UUID.randomUUID(), Optional.empty())
                .job()
                .id();

        assertThat(table.page(10, 0).jobs()).extracting(TrainingJob::id).containsExactly(training);
        assertThat(table.page(10, 0).total()).isEqualTo(1);
        assertThat(table.count()).containsOnlyKeys(JobStatus.QUEUED);
        assertThat(table.find(part.job().id())).isEmpty();
        assertThat(sweeps.ofJob(training)).isEmpty();
    }

    @Test
    void changesOfManyAreNotLost() throws Exception {
        List<Claim> jobs = claimed(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<SweepState>> changes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                TableJournal journal = journal(jobs.get(i % 4));
                changes.add(() -> journal.update(before ->
                        new SweepState(before.definition(), before.parentRun() + "x", before.trials(), before.last())));
            }
            for (Future<SweepState> change : threads.invokeAll(changes)) {
                change.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(sweeps.find("s").orElseThrow().state().parentRun()).hasSize(40);
    }

    @Test
    void aTrialIsReservedForOneUntilItsWorkerEndsItOrDies() throws Exception {
        List<Claim> jobs = claimed(2);
        Closeable first = journal(jobs.get(0)).reserve(1).orElseThrow();
        assertThat(journal(jobs.get(1)).reserve(1)).isEmpty();
        assertThat(journal(jobs.get(1)).reserve(2)).isPresent();

        first.close();
        assertThat(journal(jobs.get(1)).reserve(1)).isPresent();
        assertThat(journal(jobs.get(0)).reserve(1)).isEmpty();

        silence(jobs.get(1));
        assertThat(journal(jobs.get(0)).reserve(1)).isPresent();
        first.close();
        assertThat(journal(jobs.get(1)).reserve(2)).as("not that of the other").isPresent();
        assertThat(journal(jobs.get(1)).reserve(2))
                .as("a second time, as when the answer was lost")
                .isPresent();
    }

    @Test
    void aJobThatWasPutBackChangesNothingAnyMore() {
        List<Claim> jobs = claimed(1);
        TableJournal journal = journal(jobs.get(0));
        claims.putBack(jobs.get(0), UUID.randomUUID(), Instant.now(), Optional.empty());

        assertThatThrownBy(() -> journal.update(
                        before -> new SweepState(before.definition(), "mine", before.trials(), before.last())))
                .isInstanceOf(CancellationException.class);
        assertThat(sweeps.find("s").orElseThrow().state().parentRun()).isEmpty();
    }

    @Test
    void theStatusIsWhatItsJobsAndItsModelMake() {
        List<Claim> jobs = claimed(2);
        end(jobs.get(0), JobStatus.FAILED);
        assertThat(sweeps.find("s").orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
        end(jobs.get(1), JobStatus.CANCELLED);
        assertThat(sweeps.find("s").orElseThrow().status()).isEqualTo(JobStatus.FAILED);
        assertThat(sweeps.find("s").orElseThrow().error()).contains("why");

        SweepJob now = sweeps.find("s").orElseThrow();
        SweepState registered = new SweepState(
                now.state().definition(), "", now.state().trials(), Optional.of(new SweepState.Last(1, "run", 1)));
        assertThat(new SweepJob("s", now.submitted(), now.plan(), registered, true, now.workers()).status())
                .isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aSweepThatWasCancelledIsCancelledThoughAJobHadFailed() {
        List<Claim> jobs = claimed(2);
        end(jobs.get(0), JobStatus.FAILED);
        sweeps.find("s").orElseThrow().workers().forEach(job -> table.cancel(job.id()));
        end(jobs.get(1), JobStatus.CANCELLED);

        assertThat(sweeps.find("s").orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
    }

    private void end(Claim claim, JobStatus status) {
        claims.end(
                claim,
                status,
                JobProgress.NONE,
                Optional.empty(),
                status == JobStatus.FAILED ? Optional.of("why") : Optional.empty());
    }
}
