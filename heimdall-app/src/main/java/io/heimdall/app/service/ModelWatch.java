package io.heimdall.app.service;

import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.monitor.ModelMonitor;
import io.heimdall.pipeline.monitor.MonitorReport;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the model that answers, as {@code heimdall monitor} does, time and again in a thread of its own. Requests read what it found
 * last, and never wait for it.
 */
final class ModelWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    /** The service is busy enough while it starts. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private static final long STOP_SECONDS = 5;

    private final SessionSource sessions;
    private final Tracker tracker;
    private final ModelChoice models;
    private final MonitorGauges gauges;
    private final MonitorOptions options;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heimdall-monitor");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });
    private volatile boolean stopping;
    private String said = "";

    /** Begins to look. */
    ModelWatch(
            SessionSource sessions, Tracker tracker, ModelChoice models, MonitorGauges gauges, MonitorOptions options) {
        this.sessions = sessions;
        this.tracker = tracker;
        this.models = models;
        this.gauges = gauges;
        this.options = options;
        long every = options.every().toMillis();
        looking.scheduleWithFixedDelay(this::look, Math.min(every, FIRST.toMillis()), every, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            ModelVersion version = models.version(Optional.empty(), Optional.empty());
            Instant now = Instant.now();
            MonitorReport report = new ModelMonitor(sessions, tracker, version.name())
                    .look(Integer.toString(version.version()), now.minus(options.window()), new UntilStopped());
            gauges.found(report, version.version(), now);
            say("the monitor says of v" + version.version() + ": "
                    + report.warning().word());
        } catch (CancellationException e) { // nobody wants to know any more
            LOG.debug("the monitor was stopped");
        } catch (Problem | PipelineException e) {
            gauges.nothing();
            say("the monitor says nothing: " + e.getMessage());
        } catch (IOException
                | RuntimeException
                | Error e) { // no memory, or a server that is down: the next look may succeed
            gauges.failed();
            say("the monitor failed: "
                    + Answers.withoutCredentials(e.getClass().getSimpleName() + ": " + e.getMessage()));
            LOG.debug("that is", e);
        }
    }

    /** The same again is no news. */
    private void say(String what) {
        if (!what.equals(said)) {
            said = what;
            LOG.info("{}", what);
        }
    }

    /** Ends a look between two batches. */
    private final class UntilStopped implements PipelineListener {
        @Override
        public void advance(long done, String detail) {
            if (stopping) {
                throw new CancellationException();
            }
        }
    }

    /** Stops, and waits until a look under way has ended: it reads what the caller closes next. */
    @Override
    public void close() {
        stopping = true;
        looking.shutdown();
        try {
            if (!looking.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                looking.shutdownNow();
            }
        } catch (InterruptedException e) {
            looking.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
