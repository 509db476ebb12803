package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.backend.Processor;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import io.heimdall.tracking.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on the embedded store, with real trainings. */
class TrainingJobsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final TrainingSettings SMALL = TrainingSettings.seeded(2)
            .withNetwork("small")
            .withPlan(TrainingPlan.seeded(2).withEpochs(2).withBatchSize(8));

    /** A thread that only comes to its end has none of these on its stack. */
    private static final List<String> WORKING = List.of("org.jobrunr.", "org.sqlite.", "io.heimdall.app.jobs.");

    @TempDir
    Path directory;

    private Workspace workspace;
    private Services services;
    private TrainingJobs jobs;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.create(directory.resolve("w"));
        services = Services.of(workspace);
        jobs = TrainingJobs.open(services, JobStore.in(workspace.directory()), 1);
    }

    @AfterEach
    void close() {
        jobs.close();
        services.close();
        workspace.close();
    }

    private void simulate() throws IOException {
        new Simulation(World.rss(), 1).writeTo(workspace, 40, 2, done -> {});
    }

    @Test
    void jobEndsInAModelAndTellsAllPhases() throws Exception {
        simulate();
        List<TrainingJob> seen = new CopyOnWriteArrayList<>();

        TrainingJob submitted = jobs.submit(SMALL);
        jobs.listen(submitted.id(), seen::add);
        TrainingJob job = jobs.await(submitted.id(), LONG);

        assertThat(job.status()).as(job.error().toString()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.progress().phase()).contains(Phase.REPORT);
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(jobs.curve(job.id())).extracting(EpochPoint::epoch).containsExactly(1, 2);
        assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME)).hasSize(1);
        for (int i = 0; i < 1200 && (seen.isEmpty() || !last(seen).status().ended()); i++) {
            Thread.sleep(100);
        }
        assertThat(last(seen)).isEqualTo(job);
    }

    private static TrainingJob last(List<TrainingJob> seen) {
        return seen.get(seen.size() - 1);
    }

    @Test
    void nothingToLearnFromIsNotTriedAgain() throws Exception {
        TrainingJob job = jobs.await(jobs.submit(SMALL).id(), LONG);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(job.error()).hasValueSatisfying(why -> assertThat(why).contains("no approved session"));
    }

    /** Returns the job as it is now; it must not have ended, else a test would wait for it in vain. */
    private TrainingJob going(TrainingJob submitted) {
        TrainingJob job = jobs.find(submitted.id()).orElseThrow();
        assertThat(job.status().ended()).as(job.toString()).isFalse();
        return job;
    }

    @Tag("slow")
    @Test
    void faultIsTriedAgain() throws Exception {
        simulate();
        Path trainings = services.trainings();
        Files.writeString(trainings, "a file where the folder should be");
        TrainingJob submitted = jobs.submit(SMALL);
        while (going(submitted).error().isEmpty()) {
            Thread.sleep(50);
        }
        Files.delete(trainings);

        TrainingJob job = jobs.await(submitted.id(), LONG);

        assertThat(job.status()).as(job.error().toString()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.attempts()).isGreaterThan(1);
    }

    @Test
    void runningTrainingIsCancelledAndTheNextBegins() throws Exception {
        simulate();
        TrainingJob endless =
                jobs.submit(SMALL.withPlan(SMALL.plan().withEpochs(100_000).withPatience(100_000)));
        TrainingJob next = jobs.submit(SMALL);
        while (going(endless).progress().epoch() < 2) {
            Thread.sleep(50);
        }

        jobs.cancel(endless.id());

        TrainingJob cancelled = jobs.await(endless.id(), LONG);
        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(cancelled.result()).isEmpty();
        assertThat(jobs.await(next.id(), LONG).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME)).hasSize(1);
    }

    /** Whoever deletes the workspace next must meet nobody there: a late connection makes files of its own in it. */
    @Test
    void nothingIsAtWorkAfterTheClose() {
        jobs.close();
        for (int i = 0; i < 10; i++) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            TrainingJobs opened = TrainingJobs.open(services, JobStore.in(workspace.directory()), 1);
            opened.listen("nobody", job -> {});
            while (opened.workers() == 0) {
                Thread.onSpinWait();
            }
            opened.close();

            Map<Thread, StackTraceElement[]> now = Thread.getAllStackTraces();
            now.keySet().removeAll(before);
            assertThat(now.values().stream().flatMap(Arrays::stream))
                    .noneMatch(frame -> WORKING.stream().anyMatch(frame.getClassName()::startsWith));
        }
        jobs = TrainingJobs.open(services, JobStore.in(workspace.directory()), 0);
    }

    @Tag("slow")
    @Test
    void closedJobsGoOnWhenOpenedAgain() throws Exception {
        simulate();
        TrainingSettings longer = SMALL.withPlan(SMALL.plan().withEpochs(12));
        TrainingJob submitted = jobs.submit(longer);
        while (jobs.curve(going(submitted).id()).isEmpty()) {
            Thread.sleep(20);
        }
        jobs.close();
        JobStore store = JobStore.in(workspace.directory());
        jobs = TrainingJobs.open(services, store, 0);
        TrainingJob between = jobs.find(submitted.id()).orElseThrow();
        jobs.close();
        jobs = TrainingJobs.open(services, store, 1);

        TrainingJob job = jobs.await(submitted.id(), LONG);
        TrainingJob whole = jobs.await(jobs.submit(longer).id(), LONG);

        assertThat(between.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(job.result().orElseThrow().get("run_id"))
                .isEqualTo(between.runId().orElseThrow());
        assertThat(job.result().orElseThrow().get("weights_sha256"))
                .isEqualTo(whole.result().orElseThrow().get("weights_sha256"));
    }

    @Test
    void whatMakesNoSenseIsRefusedAtOnce() {
        assertThatThrownBy(() -> jobs.submit(SMALL.withBackend("abacus")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("abacus")
                .hasMessageContaining("djl-pytorch");
        assertThatThrownBy(() -> jobs.await("unknown", LONG)).isInstanceOf(NoSuchElementException.class);
        assertThat(jobs.cancel("unknown")).isEmpty();
    }

    private TrainingJob handedOut(String id, UUID dispatch) throws Exception {
        try (JobQueue queue = JobQueue.in(JobStore.in(workspace.directory()))) {
            queue.dispatch(dispatch, id);
        }
        return jobs.await(id, LONG);
    }

    @Tag("slow")
    @Test
    void aJobWhoseProcessDiedThreeTimesAtOneStepEndsWithWhatIsKnown() throws Exception {
        simulate();
        List<String> runs = new ArrayList<>();
        PipelineListener first = new PipelineListener() {
            @Override
            public void run(String runId) {
                runs.add(runId);
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> new TrainingPipeline(services, first).train(SMALL))
                .isInstanceOf(CancellationException.class);
        String death =
                "{\"process\": \"process 77 on here\", \"at\": \"2026-11-29T05:43:10Z\", \"phase\": \"TRAIN\", \"done\": 4,"
                        + " \"processor\": \"" + Processor.ofThisMachine()
                        + "\", \"crash_log\": \"/x/hs_err_pid77.log\","
                        + " \"cause\": \"SIGSEGV (0xb)\", \"frame\": \"C  [libx.so+0x1]\"}";
        Files.writeString(
                services.trainings().resolve(runs.get(0)).resolve("deaths.json"),
                "[" + death + "," + death + "," + death + "]");
        JobDatabase database = JobDatabase.open(JobStore.in(workspace.directory()));
        JobClaims claims = new JobClaims(database);
        UUID dispatch = UUID.randomUUID();
        String id = new JobTable(database)
                .add(SMALL, dispatch, Optional.empty())
                .job()
                .id();
        JobClaims.Claim claim = claims.claim(id, dispatch, "a worker").orElseThrow();
        claims.run(claim, runs.get(0));
        UUID again = UUID.randomUUID();
        claims.putBack(claim, again, Instant.now(), Optional.empty());

        TrainingJob job = handedOut(id, again);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().orElseThrow())
                .contains("its process died 3 times at step 5 of the training. The last was process 77 on here")
                .contains("exit code 134, SIGSEGV (0xb) in C [libx.so+0x1], see /x/hs_err_pid77.log")
                .contains("on " + Processor.ofThisMachine());
        assertThat(services.tracker().run(runs.get(0)).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
    }

    @Tag("slow")
    @Test
    void aJobWhoseWorkersDieBeforeItHasARunEndsWithTheReason() throws Exception {
        simulate();
        JobStore store = JobStore.in(workspace.directory());
        JobDatabase database = JobDatabase.open(store);
        JobClaims claims = new JobClaims(database);
        UUID dispatch = UUID.randomUUID();
        String id = new JobTable(database)
                .add(SMALL, dispatch, Optional.empty())
                .job()
                .id();
        for (int i = 1; i <= 4; i++) {
            claims.claim(id, dispatch, "host:" + i).orElseThrow();
            database.with(handle -> handle.execute("UPDATE heimdall_training_job SET beat = 0 WHERE id = ?", id));
        }

        TrainingJob job = handedOut(id, dispatch);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().orElseThrow())
                .contains("4 attempts have failed before the training began; of the last: its worker host:4 died")
                .contains("the processor is " + Processor.ofThisMachine());
        assertThat(services.tracker().runs()).isEmpty();
    }

    @Test
    void aNameThatCannotBeRegisteredIsRefusedAtOnce() {
        assertThatThrownBy(() -> jobs.submit(SMALL.withModelName("north/west")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model 'north/west' is not a name of letters");
    }
}
