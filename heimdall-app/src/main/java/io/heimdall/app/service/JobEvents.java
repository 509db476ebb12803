package io.heimdall.app.service;

import io.heimdall.app.jobs.JobSubscription;
import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.files.DaemonThreads;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Server-sent events of jobs: {@code epoch} for each epoch, {@code state} for each change, {@code end} with the last state, after
 * which the stream closes. A client that reads slowly misses states in between, never an epoch or the end.
 *
 * <p>However many clients follow a job, its table is looked at once.
 */
final class JobEvents implements AutoCloseable {
    private static final long BEAT_SECONDS = 15;

    private final TrainingJobs jobs;
    private final int most;
    private final Map<String, Followed> followed = new HashMap<>();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private final ScheduledExecutorService beat =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-events"));

    /**
     * Begins without streams.
     *
     * @param most streams at a time
     */
    JobEvents(TrainingJobs jobs, int most) {
        this.jobs = jobs;
        this.most = most;
        // Without a word now and then, a connection counts as idle, and one that is gone is never noticed.
        beat.scheduleWithFixedDelay(
                () -> open.forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    boolean follows(String id) {
        synchronized (followed) {
            return followed.containsKey(id);
        }
    }

    void open(Context context, String id, Function<TrainingJob, Map<String, Object>> view) throws IOException {
        if (closed) {
            throw Problem.busy("the service is stopping", 5);
        }
        if (open.size() >= most) {
            throw Problem.busy("there are " + most + " streams of events already", 5);
        }
        context.contentType("text/event-stream");
        context.header("Cache-Control", "no-store");
        context.header("X-Accel-Buffering", "no");
        Followed watched = follow(id, view);
        EventStream stream = new EventStream(watched::news);
        open.add(stream);
        if (closed) { // in the meantime: nobody else would end it
            stream.close();
        }
        watched.streams.add(stream);
        stream.ended().whenComplete((end, failure) -> {
            open.remove(stream);
            leave(id, watched, stream);
        });
        stream.open(context);
    }

    private Followed follow(String id, Function<TrainingJob, Map<String, Object>> view) {
        synchronized (followed) {
            Followed watched = followed.computeIfAbsent(id, unknown -> new Followed(view));
            if (watched.clients++ == 0) {
                watched.subscription = jobs.listen(id, watched::tell);
            }
            return watched;
        }
    }

    private void leave(String id, Followed watched, EventStream stream) {
        watched.streams.remove(stream);
        synchronized (followed) {
            if (--watched.clients == 0) {
                watched.subscription.close();
                followed.remove(id);
            }
        }
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() {
        beat.shutdownNow();
        closed = true;
        open.forEach(EventStream::close);
    }

    /** A job that at least one client follows. */
    private final class Followed {
        private final Function<TrainingJob, Map<String, Object>> view;
        private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
        private JobSubscription subscription;
        private int clients;
        private volatile JobNews news = JobNews.NONE;

        Followed(Function<TrainingJob, Map<String, Object>> view) {
            this.view = view;
        }

        JobNews news() {
            return news;
        }

        /** Is called by one thread at a time; streams that open meanwhile do not wait for those that are told. */
        private void tell(TrainingJob job) {
            news = news.after(job, jobs.curve(job.id()), view.apply(job));
            streams.forEach(EventStream::look);
        }
    }
}
