package io.heimdall.app.jobs;

import io.heimdall.app.jobs.JobQueue.Known;
import io.heimdall.app.jobs.OpenJobs.Open;
import io.heimdall.app.jobs.SubmissionRefused.Reason;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.files.DaemonThreads;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of trainings as durable jobs.
 *
 * <p>A job outlives the process that submitted it and the one that works on it. The next process that opens the store
 * continues it from its last checkpoint, and it ends with the same weights, bit for bit. Each job ends once.
 * Thread-safe.
 */
public final class TrainingJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJobs.class);
    private static final Duration STOP = Duration.ofSeconds(8);
    private static final Duration SWEEP = Duration.ofSeconds(20);
    private static final long AWAIT_MILLIS = 200;
    private static final int MOST_ATTEMPTS = 12;
    private static final Pattern KEY = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    private final Admission admission;
    private final SweepJobs sweeps;
    private final JobTable table;
    private final OpenJobs open;
    private final JobQueue queue;
    private final Optional<JobWorker> worker;
    private final JobListeners listeners;
    private final ScheduledExecutorService sweeper;

    private TrainingJobs(RecordingCatalog catalog, JobDatabase database, JobQueue queue, Optional<JobWorker> worker) {
        this.admission = new Admission(catalog);
        this.sweeps = new SweepJobs(database, queue, admission);
        this.table = new JobTable(database);
        this.open = new OpenJobs(database);
        this.queue = queue;
        this.worker = worker;
        this.listeners = new JobListeners(table);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-sweeper"));
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Opens a store of jobs.
     *
     * @param services that trainings work with; stay open until this is closed
     * @param trainings that this process runs at a time, the processors divided among them; 0 to submit and watch only
     * @throws JobException if the store cannot be used
     */
    public static TrainingJobs open(Services services, JobStore store, int trainings) {
        if (trainings < 0) {
            throw new IllegalArgumentException("trainings " + trainings + " is not at least 0");
        }
        JobDatabase database = JobDatabase.open(store);
        JobQueue queue = JobQueue.in(store);
        Optional<JobWorker> worker = Optional.empty();
        if (trainings > 0) {
            JobWorker made = new JobWorker(
                    new TrainingPipeline(services, PipelineListener.NONE),
                    new JobClaims(database),
                    new SweepTable(database),
                    queue::dispatch,
                    trainings);
            queue.start(made, made.name(), trainings);
            worker = Optional.of(made);
        }
        return new TrainingJobs(services.catalog(), database, queue, worker);
    }

    /**
     * Submits a training.
     *
     * @throws IllegalArgumentException if a name cannot be used
     * @throws SubmissionRefused if there is no such backend, station, session or training dataset
     */
    public TrainingJob submit(TrainingSettings settings) {
        return submit(settings, Optional.empty()).job();
    }

    /**
     * Submits a training, once for each key.
     *
     * @param key at most 255 characters; the same key again returns the job that it made
     * @throws SubmissionRefused if there is no such backend, station, session or training dataset, or the key made a job with
     *     other settings
     * @throws IllegalArgumentException if the key cannot be one
     */
    public Submission submit(TrainingSettings settings, Optional<String> key) {
        check(settings, key);
        UUID dispatch = UUID.randomUUID();
        Submission submission = table.add(settings, dispatch, key);
        if (submission.isNew()) {
            queue.dispatch(dispatch, submission.job().id());
        } else if (!sameButThreads(submission.job().settings(), settings)) {
            throw new SubmissionRefused(
                    Reason.KEY_IN_USE,
                    "the key was used before, for job " + submission.job().id()
                            + " with other settings; take another key for another job");
        }
        return submission;
    }

    /** Threads are by default those of the machine that was asked. */
    private static boolean sameButThreads(TrainingSettings one, TrainingSettings other) {
        return one.withData(one.data().withThreads(other.data().threads())).equals(other);
    }

    private void check(TrainingSettings settings, Optional<String> key) {
        key.filter(k -> !KEY.matcher(k).matches()).ifPresent(k -> {
            throw new IllegalArgumentException("the key of " + k.length()
                    + " characters is not of 1 to 255 printable ASCII characters without a blank at its ends");
        });
        admission.check(settings);
    }

    /** Returns the sweeps of the same store, on which the same workers work. */
    public SweepJobs sweeps() {
        return sweeps;
    }

    /** Returns a job. */
    public Optional<TrainingJob> find(String id) {
        return table.find(id);
    }

    /**
     * Returns some of the jobs, the latest first.
     *
     * @param limit at most so many
     * @param offset leave out so many
     */
    public JobPage list(int limit, int offset) {
        return table.page(limit, offset);
    }

    /** Returns how many jobs there are of each status. */
    public Map<JobStatus, Long> count() {
        return table.count();
    }

    /** Returns the epochs of a job so far. */
    public List<EpochPoint> curve(String id) {
        return table.curve(id);
    }

    /** Returns how many workers are alive, in all processes. */
    public int workers() {
        return queue.workers();
    }

    /** Returns how many jobs the workers that are alive can do at a time, in all processes. */
    public int places() {
        return queue.places();
    }

    /**
     * Cancels a job; one that is running ends within some seconds, one that has ended stays as it is.
     *
     * @return the job now; empty if there is none of this id
     */
    public Optional<TrainingJob> cancel(String id) {
        table.cancel(id);
        return table.find(id);
    }

    /**
     * Listens to a job until it has ended; the first call tells how it stands now.
     *
     * @param listener called on a thread of its own, one call at a time
     */
    public JobSubscription listen(String id, Consumer<TrainingJob> listener) {
        return listeners.add(id, listener);
    }

    /**
     * Waits until a job has ended.
     *
     * @throws TimeoutException if it has not after {@code limit}
     * @throws NoSuchElementException if there is none of this id
     */
    public TrainingJob await(String id, Duration limit) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            TrainingJob job = find(id).orElseThrow(() -> new NoSuchElementException("there is no job " + id));
            if (job.status().ended()) {
                return job;
            }
            if (System.nanoTime() > end) {
                throw new TimeoutException(
                        "job " + id + " is still " + job.status().word() + " after " + limit);
            }
            Thread.sleep(AWAIT_MILLIS);
        }
    }

    /** Mends what a process left undone that was killed between the table and the queue. */
    private void sweep() {
        try {
            for (Open job : open.due(SWEEP)) {
                Known known = queue.known(job.dispatch());
                if (known == Known.UNKNOWN) {
                    queue.dispatch(job.dispatch(), job.id());
                } else if (known == Known.DONE) {
                    again(job);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("the sweep over the jobs failed: {}", e.getMessage());
        }
    }

    private void again(Open job) {
        UUID next = UUID.randomUUID();
        if (job.attempts() >= MOST_ATTEMPTS) {
            open.abandon(
                    job,
                    "it was begun " + job.attempts() + " times and did not come to its end; the last worker, "
                            + job.worker().orElse("which is not known") + ", was lost "
                            + job.progress()
                                    .phase()
                                    .map(phase -> "in the phase " + phase.title())
                                    .orElse("before the first phase")
                            + ", epoch " + job.progress().epoch() + "; its log may say why");
        } else if (open.reopen(job, next)) {
            queue.dispatch(next, job.id());
        }
    }

    /**
     * Stops this process's trainings within some seconds and puts their jobs back; others take them up from their last
     * checkpoints.
     */
    @Override
    public void close() {
        DaemonThreads.end(sweeper, STOP);
        listeners.close();
        try {
            if (worker.isPresent()) {
                worker.get().stop(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.close();
        }
    }
}
