package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.app.jobs.JobClaims.Answer;
import io.heimdall.app.jobs.JobClaims.Claim;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the table of jobs promises on every database: a job has one worker at a time, and one end. */
abstract class JobTableContract {
    private static final TrainingSettings SETTINGS = TrainingSettings.seeded(4).withNetwork("small");

    private JobTable table;
    private JobClaims claims;
    private OpenJobs open;
    private JobDatabase database;
    private final UUID dispatch = UUID.randomUUID();

    abstract JobStore store() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = JobDatabase.open(store());
        table = new JobTable(database);
        claims = new JobClaims(database);
        open = new OpenJobs(database);
    }

    private String submitted() {
        return table.add(SETTINGS, dispatch, Optional.empty()).job().id();
    }

    private Claim claimed() {
        return claims.claim(submitted(), dispatch, "worker").orElseThrow();
    }

    @Test
    void newJobIsQueuedWithItsSettings() {
        TrainingJob job = table.find(submitted()).orElseThrow();

        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.settings()).isEqualTo(SETTINGS);
        assertThat(job.attempts()).isZero();
        assertThat(table.find("another")).isEmpty();
    }

    @Test
    void ofManyWhoClaimOneHasIt() throws Exception {
        String id = submitted();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<Claim>> claim = () -> claims.claim(id, dispatch, "worker");
            int got = 0;
            for (Future<Optional<Claim>> one : threads.invokeAll(java.util.Collections.nCopies(16, claim))) {
                got += one.get().isPresent() ? 1 : 0;
            }
            assertThat(got).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(table.find(id).orElseThrow().attempts()).isEqualTo(1);
        assertThat(claims.alive(id, dispatch)).isTrue();
    }

    @Test
    void anotherDispatchGetsNothing() {
        assertThat(claims.claim(submitted(), UUID.randomUUID(), "worker")).isEmpty();
    }

    @Test
    void cancellingStopsATrainingUntilItsModelIsRegistered() {
        Claim claim = claimed();
        try (RunningJob job = new RunningJob(claims, claim)) {
            job.begin(Phase.EXPORT, 0);
            job.stop(RunningJob.Stop.CANCELLED);
            assertThatThrownBy(() -> job.begin(Phase.REGISTER, 0)).isInstanceOf(CancellationException.class);

            job.begin(Phase.REPORT, 3);
            job.advance(1, "");
            job.stop(RunningJob.Stop.LOST);
            assertThatThrownBy(() -> job.advance(2, "")).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void jobEndsOnce() {
        Claim claim = claimed();

        boolean first =
                claims.end(claim, JobStatus.SUCCEEDED, JobProgress.NONE, Optional.of("{\"n\":1}"), Optional.empty());
        boolean second = claims.end(claim, JobStatus.FAILED, JobProgress.NONE, Optional.empty(), Optional.of("no"));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        TrainingJob job = table.find(claim.job().id()).orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.result()).contains(Map.of("n", 1));
        assertThat(job.ended()).isPresent();
        assertThat(claims.claim(job.id(), dispatch, "worker")).isEmpty();
    }

    @Test
    void formerClaimWritesNothingAfterTheJobWasPutBack() {
        Claim former = claimed();
        UUID next = UUID.randomUUID();
        claims.putBack(former, next, Instant.now(), Optional.of("a fault"));
        Claim present = claims.claim(former.job().id(), next, "other").orElseThrow();

        assertThat(claims.report(former, JobProgress.NONE)).isEqualTo(Answer.LOST);
        assertThat(claims.run(former, "run-1")).isFalse();
        assertThat(claims.end(former, JobStatus.SUCCEEDED, JobProgress.NONE, Optional.empty(), Optional.empty()))
                .isFalse();
        assertThat(claims.report(present, JobProgress.NONE)).isEqualTo(Answer.GO_ON);
        assertThat(present.faults()).isEqualTo(1);
        assertThat(present.job().attempts()).isEqualTo(2);
    }

    @Test
    void runAndProgressAreRemembered() {
        Claim claim = claimed();
        JobProgress progress = new JobProgress(
                Optional.of(Phase.TRAIN), 3, 10, 1, 2, Map.of("loss", 0.5), OptionalDouble.of(7), List.of("careful"));

        claims.run(claim, "run-1");
        long before = table.find(claim.job().id()).orElseThrow().revision();
        assertThat(claims.report(claim, progress)).isEqualTo(Answer.GO_ON);
        long after = table.find(claim.job().id()).orElseThrow().revision();
        claims.report(claim, progress);

        TrainingJob job = table.find(claim.job().id()).orElseThrow();
        assertThat(job.runId()).contains("run-1");
        assertThat(job.progress()).isEqualTo(progress);
        assertThat(after).isGreaterThan(before);
        assertThat(job.revision()).as("nothing has changed").isEqualTo(after);
    }

    @Test
    void queuedJobIsCancelledAtOnceAndRunningOneIsAsked() {
        String queued = submitted();
        table.cancel(queued);
        Claim running = claimed();
        table.cancel(running.job().id());

        assertThat(table.find(queued).orElseThrow().status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(claims.report(running, JobProgress.NONE)).isEqualTo(Answer.CANCEL);
        assertThat(table.find(running.job().id()).orElseThrow().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(table.find(running.job().id()).orElseThrow().cancelRequested())
                .isTrue();
    }

    @Test
    void sameKeyGivesTheSameJob() {
        Submission first = table.add(SETTINGS, dispatch, Optional.of("key"));
        Submission again = table.add(TrainingSettings.seeded(5), UUID.randomUUID(), Optional.of("key"));

        assertThat(first.isNew()).isTrue();
        assertThat(again.isNew()).isFalse();
        assertThat(again.job()).isEqualTo(first.job());
    }

    @Test
    void pagesComeLatestFirst() throws InterruptedException {
        String first = submitted();
        Thread.sleep(5); // they are ordered by the millisecond
        String second = submitted();

        assertThat(table.page(1, 0).jobs()).extracting(TrainingJob::id).containsExactly(second);
        assertThat(table.page(10, 1).jobs()).extracting(TrainingJob::id).containsExactly(first);
        assertThat(table.page(1, 0).total()).isEqualTo(2);
        assertThat(table.count()).isEqualTo(Map.of(JobStatus.QUEUED, 2L));
    }

    @Test
    void curveKeepsTheLastOfEachEpoch() {
        Claim claim = claimed();
        claims.epoch(claim, new EpochPoint(2, 1.5, OptionalDouble.empty(), 0.1, 3));
        claims.epoch(claim, new EpochPoint(1, 2.5, OptionalDouble.of(2.25), 0.2, 3));
        claims.epoch(claim, new EpochPoint(2, 1.25, OptionalDouble.of(1.75), 0.1, 4));

        assertThat(table.curve(claim.job().id()))
                .containsExactly(
                        new EpochPoint(1, 2.5, OptionalDouble.of(2.25), 0.2, 3),
                        new EpochPoint(2, 1.25, OptionalDouble.of(1.75), 0.1, 4));
    }

    @Test
    void whatIsNotEndedIsOpen() throws InterruptedException {
        String queued = submitted();
        Claim ended = claimed();
        claims.end(ended, JobStatus.FAILED, JobProgress.NONE, Optional.empty(), Optional.of("why"));
        Thread.sleep(5);

        assertThat(open.due(Duration.ZERO)).extracting(OpenJobs.Open::id).containsExactly(queued);
        assertThat(open.due(Duration.ofMinutes(1))).isEmpty();
        OpenJobs.Open found = open.due(Duration.ZERO).get(0);
        UUID next = UUID.randomUUID();
        assertThat(open.reopen(found, next)).isTrue();
        assertThat(open.reopen(found, UUID.randomUUID()))
                .as("somebody was faster")
                .isFalse();
        open.due(Duration.ZERO).forEach(job -> open.abandon(job, "given up"));
        assertThat(table.find(queued).orElseThrow().error()).contains("given up");
    }

    /** As if its worker had not been heard of for a long time. */
    private void silent(String id) {
        database.with(handle -> handle.execute("UPDATE heimdall_training_job SET beat = 0 WHERE id = ?", id));
    }

    @Test
    void aWorkerThatDiesBeforeTheJobHasARunIsAFaultThatIsNamed() {
        Claim first = claimed();
        String id = first.job().id();
        silent(id);
        Claim second = claims.claim(id, dispatch, "other:12").orElseThrow();
        assertThat(second.faults()).isEqualTo(1);
        assertThat(second.job().error()).contains("its worker worker died");

        silent(id);
        OpenJobs.Open found = open.due(Duration.ofMillis(-1000)).get(0);
        assertThat(found.worker()).contains("other:12");
        UUID next = UUID.randomUUID();
        assertThat(open.reopen(found, next)).isTrue();
        Claim third = claims.claim(id, next, "third:1").orElseThrow();
        assertThat(third.faults()).as("a job that was put back is counted once").isEqualTo(2);
        assertThat(third.job().error()).contains("its worker other:12 died");

        claims.run(third, "run-1");
        silent(id);
        assertThat(claims.claim(id, next, "fourth:1").orElseThrow().faults())
                .as("with a run, its folder knows more")
                .isEqualTo(2);
    }
}
