package io.heimdall.app.jobs;

import io.heimdall.app.Explanation;
import io.heimdall.app.jobs.JobClaims.Claim;
import io.heimdall.app.jobs.RunningJob.Stop;
import io.heimdall.files.ExclusiveFile;
import io.heimdall.files.Machine;
import io.heimdall.model.backend.CrashLog;
import io.heimdall.model.backend.Processor;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingProfile;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the trainings of the jobs that the queue dispatches to this process. Thread-safe.
 *
 * <p>Public for the queue alone, which calls it by reflection.
 */
public final class JobWorker implements JobRequestHandler<Dispatch> {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Hands out a job at some time. */
    interface Later {
        void dispatch(UUID dispatch, String jobId, Instant due);
    }

    private final TrainingPipeline pipeline;
    private final JobClaims claims;
    private final SweepTable sweeps;
    private final Later later;
    private final int trainings;
    private final String name;
    private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * Makes a worker.
     *
     * @param pipeline that trains
     * @param later hands out what was put back
     * @param trainings at a time, which divide the processors among themselves
     */
    JobWorker(TrainingPipeline pipeline, JobClaims claims, SweepTable sweeps, Later later, int trainings) {
        this.pipeline = pipeline;
        this.claims = claims;
        this.sweeps = sweeps;
        this.later = later;
        this.trainings = trainings;
        this.name = Machine.name() + ":" + ProcessHandle.current().pid();
    }

    String name() {
        return name;
    }

    @Override
    public void run(Dispatch dispatch) throws IOException {
        Optional<Claim> claim = stopping ? Optional.empty() : claims.claim(dispatch.jobId(), dispatch.id(), name);
        if (claim.isPresent()) {
            work(claim.get());
        } else if (stopping || claims.alive(dispatch.jobId(), dispatch.id())) {
            throw new IOException("job " + dispatch.jobId() + " is to be handed out again later");
        }
    }

    /** Asks all trainings to stop and waits until they have put their jobs back. */
    void stop(Duration limit) throws InterruptedException {
        stopping = true;
        running.forEach(job -> job.stop(Stop.SHUTDOWN));
        long end = System.nanoTime() + limit.toNanos();
        while (!running.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    private void work(Claim claim) {
        if (claim.job().cancelRequested()) {
            claims.end(claim, JobStatus.CANCELLED, claim.job().progress(), Optional.empty(), Optional.empty());
            return;
        }
        if (claim.faults() >= TRIES) {
            claims.end(claim, JobStatus.FAILED, claim.job().progress(), Optional.empty(), Optional.of(givenUp(claim)));
            return;
        }
        RunningJob job = new RunningJob(claims, claim);
        running.add(job);
        try (job) {
            if (stopping) {
                job.stop(Stop.SHUTDOWN);
            }
            train(claim, job);
        } finally { // when it reports no more
            running.remove(job);
        }
    }

    /** Only a worker that died leaves so many faults behind: who lives ends the job with the last of them. */
    private static String givenUp(Claim claim) {
        return claim.faults() + " attempts have failed before the training began; of the last: "
                + claim.job().error().orElse("nothing is known") + "; the processor is " + Processor.ofThisMachine()
                + "; see the worker's standard error, and its crash log where it left one ("
                + CrashLog.ofThisProcess().toAbsolutePath().getParent() + "/hs_err_pid*.log)";
    }

    private void train(Claim claim, RunningJob job) {
        try {
            String result = JobJson.text(alone(claim, job));
            end(() -> claims.end(claim, JobStatus.SUCCEEDED, job.progress(), Optional.of(result), Optional.empty()));
        } catch (IOException | RuntimeException | Error e) {
            if (job.stop().isPresent()) {
                stopped(claim, job, job.stop().get());
            } else {
                failed(claim, job, e);
            }
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    /** Whoever was taken for dead may only have been slow: no two processes of a machine write the checkpoints of one job. */
    private Map<String, Object> alone(Claim claim, RunningJob watch) throws IOException {
        Path locks = Files.createDirectories(pipeline.working().jobLocks());
        BooleanSupplier late = ExclusiveFile.after(PATIENCE);
        return ExclusiveFile.holding(
                locks.resolve(claim.job().id() + ".lock"),
                () -> watch.cancelled() || late.getAsBoolean(),
                "another worker is still on the job",
                () -> {
                    Optional<SweepTable.Stored> sweep = sweeps.ofJob(claim.job().id());
                    return sweep.isPresent() ? part(sweep.get(), claim, watch).work() : training(claim.job(), watch);
                });
    }

    private Map<String, Object> training(TrainingJob job, RunningJob watch) throws IOException {
        TrainingProfile profile = new TrainingProfile(watch);
        Map<String, Object> summary = new LinkedHashMap<>(outcome(job, profile).summary());
        summary.put("profile", profile.summary());
        return summary;
    }

    private SweepPart part(SweepTable.Stored sweep, Claim claim, RunningJob watch) {
        TableJournal journal = new TableJournal(sweeps.database(), sweep.name(), claim);
        int threads = shared(claim.job().settings()).data().threads();
        return new SweepPart(pipeline, sweep, journal, watch, threads);
    }

    private TrainingOutcome outcome(TrainingJob job, PipelineListener watch) throws IOException {
        TrainingPipeline watched = pipeline.watchedBy(watch);
        if (job.runId().isPresent()) {
            Optional<TrainingOutcome> resumed = watched.resume(job.runId().get());
            if (resumed.isPresent()) {
                return resumed.get();
            }
            LOG.warn(
                    "job {}: run {} has left no folder on this machine; it begins anew",
                    job.id(),
                    job.runId().get());
        }
        return watched.train(shared(job.settings()));
    }

    /** Several trainings at a time divide the processors. */
    private TrainingSettings shared(TrainingSettings settings) {
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / trainings);
        return settings.withData(
                settings.data().withThreads(Math.min(share, settings.data().threads())));
    }

    private void stopped(Claim claim, RunningJob job, Stop why) {
        switch (why) {
            case CANCELLED ->
                end(() -> claims.end(claim, JobStatus.CANCELLED, job.progress(), Optional.empty(), Optional.empty()));
            case SHUTDOWN -> putBack(claim, Instant.now(), Optional.empty());
            case LOST ->
                LOG.warn(
                        "job {} was taken over by another worker, or has ended",
                        claim.job().id());
        }
    }

    private void failed(Claim claim, RunningJob job, Throwable e) {
        String why = Explanation.of(e);
        LOG.warn("job {}, attempt {}: {}", claim.job().id(), claim.job().attempts(), why);
        LOG.debug("that is", e);
        boolean interrupted = Thread.interrupted(); // by the queue, which took this worker for dead; nobody's fault
        if ((interrupted || Verdict.of(e) == Verdict.TRY_AGAIN) && claim.faults() + 1 < TRIES) {
            putBack(claim, Instant.now().plus(FIRST_PAUSE.multipliedBy(1L << (2 * claim.faults()))), Optional.of(why));
        } else {
            end(() -> claims.end(claim, JobStatus.FAILED, job.progress(), Optional.empty(), Optional.of(why)));
        }
    }

    private void putBack(Claim claim, Instant due, Optional<String> fault) {
        UUID dispatch = UUID.randomUUID();
        end(() -> {
            if (claims.putBack(claim, dispatch, due, fault)) {
                later.dispatch(dispatch, claim.job().id(), due);
            }
        });
    }

    /** The end of hours of work is not lost to a database that is away for some seconds. */
    private static void end(Runnable write) {
        JobDatabase.lasting(
                () -> {
                    write.run();
                    return null;
                },
                e -> LOG.warn("the end of a job could not be written: {}", e.getMessage()));
    }
}
