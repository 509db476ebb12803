package io.heimdall.app.jobs;

import io.heimdall.files.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what changes, whichever process the job runs in: the table is looked at twice a second for each job that
 * somebody listens to. A slow listener misses states in between, never the last one.
 */
final class JobListeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobListeners.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration STOP = Duration.ofSeconds(5);

    private final JobTable table;
    private final List<Listening> all = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-listeners"));
    private final ExecutorService telling = Executors.newCachedThreadPool(DaemonThreads.named("heimdall-listeners"));

    JobListeners(JobTable table) {
        this.table = table;
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins with the present state; ends by itself after the last one. */
    JobSubscription add(String id, Consumer<TrainingJob> listener) {
        Listening listening = new Listening(id, listener);
        all.add(listening);
        telling.execute(() -> look(listening));
        return () -> all.remove(listening);
    }

    private void look() {
        for (Listening listening : all) {
            if (!listening.busy.get()) {
                telling.execute(() -> look(listening));
            }
        }
    }

    private void look(Listening listening) {
        if (!listening.busy.compareAndSet(false, true)) {
            return;
        }
        try {
            Optional<TrainingJob> job = table.find(listening.id);
            if (job.isPresent() && job.get().revision() != listening.seen && all.contains(listening)) {
                listening.seen = job.get().revision();
                listening.listener.accept(job.get());
            }
            if (job.isEmpty() || job.get().status().ended()) {
                all.remove(listening);
            }
        } catch (JobException e) {
            LOG.debug("a look at the jobs failed; the next one may succeed", e);
        } catch (RuntimeException e) {
            LOG.debug("a listener failed and is removed", e);
            all.remove(listening);
        } finally {
            listening.busy.set(false);
        }
    }

    @Override
    public void close() {
        all.clear();
        DaemonThreads.end(looking, STOP);
        DaemonThreads.end(telling, STOP);
    }

    private static final class Listening {
        private final String id;
        private final Consumer<TrainingJob> listener;
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile long seen = -1;

        Listening(String id, Consumer<TrainingJob> listener) {
            this.id = id;
            this.listener = listener;
        }
    }
}
