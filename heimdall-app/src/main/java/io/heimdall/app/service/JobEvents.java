package io.heimdall.app.service;

import io.heimdall.app.jobs.EpochPoint;
import io.heimdall.app.jobs.JobSubscription;
import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.app.jobs.TrainingJobs;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
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
 */
final class JobEvents implements AutoCloseable {
    private static final int MOST = 64;
    private static final long BEAT_SECONDS = 15;

    private final TrainingJobs jobs;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heimdall-events");
        thread.setDaemon(true);
        return thread;
    });

    JobEvents(TrainingJobs jobs) {
        this.jobs = jobs;
        // Without a word now and then, a connection counts as idle, and one that is gone is never noticed.
        beat.scheduleWithFixedDelay(() -> open.forEach(Stream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    void open(Context context, TrainingJob job, Function<TrainingJob, Map<String, Object>> view) {
        if (open.size() >= MOST) {
            throw Problem.busy("there are " + MOST + " streams of events already", 5);
        }
        context.contentType("text/event-stream");
        context.header("Cache-Control", "no-store");
        context.header("X-Accel-Buffering", "no");
        context.req().startAsync(context.req(), context.res()).setTimeout(0);
        Stream stream = new Stream(new SseClient(context), view);
        open.add(stream);
        stream.subscription = jobs.listen(job.id(), stream::tell);
        stream.client.onClose(stream::close);
        stream.client.keepAlive();
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() {
        beat.shutdownNow();
        open.forEach(Stream::close);
    }

    private final class Stream {
        private final SseClient client;
        private final Function<TrainingJob, Map<String, Object>> view;
        private volatile JobSubscription subscription = () -> {};
        private int epochs;

        Stream(SseClient client, Function<TrainingJob, Map<String, Object>> view) {
            this.client = client;
            this.view = view;
        }

        private synchronized void tell(TrainingJob job) {
            for (EpochPoint point : jobs.curve(job.id())) {
                if (point.epoch() > epochs) {
                    epochs = point.epoch();
                    send("epoch", JobView.epoch(point));
                }
            }
            boolean last = job.status().ended();
            send(last ? "end" : "state", view.apply(job));
            if (last || client.terminated()) {
                close();
            }
        }

        private void send(String event, Map<String, Object> data) {
            client.sendEvent(event, new String(Answers.bytes(data), StandardCharsets.UTF_8));
        }

        private synchronized void beat() {
            client.sendComment("alive");
            if (client.terminated()) {
                close();
            }
        }

        private void close() {
            if (open.remove(this)) {
                subscription.close();
                client.close();
            }
        }
    }
}
