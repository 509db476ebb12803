package io.heimdall.app.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jobrunr.JobRunrException;
import org.jobrunr.jobs.filters.RetryFilter;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.BackgroundJobServerThreadType;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.JobNotFoundException;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/**
 * Hands jobs to workers: JobRunr, without its dashboard (the only part of it that calls home), on platform threads.
 *
 * <p>It may hand out a job twice, or lose one between two tables; what that means is for {@link JobTable} to say.
 */
final class JobQueue implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(5);
    /** A worker that misses so many polls is taken for dead. */
    private static final int MISSED_POLLS = 4;

    private static final int RETRIES_OF_DEAD = 8;
    private static final int BACKOFF_SEED = 2;
    private static final Duration KEPT = Duration.ofHours(1);
    /** The names of the threads that do what a server begins with. */
    private static final String FIRST_TASKS = "jobrunr-startup-task";

    private static final Duration LAST_TASKS = Duration.ofSeconds(10);

    private final StorageProvider storage;
    private final JobRequestScheduler scheduler;
    private Optional<BackgroundJobServer> server = Optional.empty();

    private JobQueue(StorageProvider storage) {
        this.storage = storage;
        this.scheduler = new JobRequestScheduler(storage);
    }

    static JobQueue in(JobStore store) {
        try {
            StorageProvider storage = SqlStorageProviderFactory.using(store.database());
            storage.setJobMapper(new JobMapper(new JacksonJsonMapper()));
            return new JobQueue(storage);
        } catch (JobRunrException e) {
            throw new JobException(
                    store.name(),
                    "the queue of jobs in " + store.name() + " cannot be opened: " + e.getMessage(),
                    e,
                    true);
        }
    }

    /** Begins to take jobs. */
    void start(JobRequestHandler<?> worker, String name, int trainings) {
        BackgroundJobServerConfiguration configuration =
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andName(name)
                        .andPollInterval(POLL)
                        .andServerTimeoutPollIntervalMultiplicand(MISSED_POLLS)
                        .andBackgroundJobServerWorkerPolicy(new DefaultBackgroundJobServerWorkerPolicy(
                                trainings, BackgroundJobServerThreadType.PlatformThreads))
                        .andDeleteSucceededJobsAfter(KEPT)
                        .andPermanentlyDeleteDeletedJobsAfter(KEPT)
                        .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(Duration.ofSeconds(1));
        BackgroundJobServer started =
                new BackgroundJobServer(storage, new JacksonJsonMapper(), activator(worker), configuration);
        started.setJobFilters(List.of(new RetryFilter(RETRIES_OF_DEAD, BACKOFF_SEED)));
        started.start();
        server = Optional.of(started);
    }

    private static JobActivator activator(JobRequestHandler<?> worker) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.isInstance(worker) ? type.cast(worker) : null;
            }
        };
    }

    /** Hands out a job; the same dispatch a second time changes nothing. */
    void dispatch(UUID dispatch, String jobId) {
        scheduler.enqueue(dispatch, new TrainingDispatch(jobId, dispatch));
    }

    /** Hands out a job at some time. */
    void dispatch(UUID dispatch, String jobId, Instant due) {
        scheduler.schedule(dispatch, due, new TrainingDispatch(jobId, dispatch));
    }

    /** What the queue knows of a dispatch. */
    enum Known {
        /** It is waiting, or a worker has it. */
        OPEN,
        /** It has done with it, or given it up. */
        DONE,
        /** Nothing. */
        UNKNOWN
    }

    Known known(UUID dispatch) {
        try {
            StateName state = storage.getJobById(dispatch).getState();
            return switch (state) {
                case FAILED, SUCCEEDED, DELETED -> Known.DONE;
                default -> Known.OPEN;
            };
        } catch (JobNotFoundException e) {
            return Known.UNKNOWN;
        }
    }

    /** Returns the number of workers that are alive, on all machines. */
    int workers() {
        return storage.getBackgroundJobServers().size();
    }

    /** Returns how many jobs the workers that are alive can do at a time. */
    int places() {
        return storage.getBackgroundJobServers().stream()
                .mapToInt(BackgroundJobServerStatus::getWorkerPoolSize)
                .sum();
    }

    @Override
    public void close() {
        server.ifPresent(BackgroundJobServer::stop);
        awaitFirstTasks();
        scheduler.shutdown();
        storage.close();
    }

    /** A server that is stopped does not wait for the tasks of its start, which go on to use the database. */
    private static void awaitFirstTasks() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(FIRST_TASKS)) {
                try {
                    thread.join(LAST_TASKS.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
