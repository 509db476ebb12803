package io.heimdall.app.service;

import io.heimdall.files.DaemonThreads;
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

    /** A look has time: the processors are for the requests and the trainings. */
    private static final int THREADS = 1;

    /** The trainings stop after this, and a stop of the process has ten seconds in all. */
    private static final Duration STOP = Duration.ofSeconds(2);

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
            MonitorReport report = new ModelMonitor(sessions, tracker, version.name(), THREADS)
                    .look(Integer.toString(version.version()), now.minus(options.window()), new UntilStopped());
            gauges.found(report, version.version(), now);
            say("the monitor says of v" + version.version() + ": "
                    + report.warning().word());
        } catch (CancellationException e) { // nobody wants to know any more
            LOG.debug("the monitor was stopped");
        } catch (Problem | PipelineException e) {
            nothing(e);
        } catch (IOException
                | RuntimeException
                | Error e) { // no memory, or a server that is down: the next look may succeed
            failed(e);
        }
    }

    private void nothing(RuntimeException reason) {
        gauges.nothing();
        say("the monitor says nothing: " + Answers.withoutCredentials(String.valueOf(reason.getMessage())));
    }

    private void failed(Throwable reason) {
        if (!stopping) { // an interrupt ends reading in many ways
            gauges.failed();
            say("the monitor failed: "
                    + Answers.withoutCredentials(reason.getClass().getSimpleName() + ": " + reason.getMessage()));
        }
        LOG.debug("that is", reason);
    }

    /** The same again is no news. */
    private void say(String what) {
        if (!what.equals(said)) {
            said = what;
            LOG.info("{}", what);
        }
    }

    /** Ends a look between two sessions of the catalogue, and between two batches. */
    private final class UntilStopped implements PipelineListener {
        @Override
        public boolean cancelled() {
            return stopping;
        }
    }

    /** Tells a look under way to end, and lets none begin; {@link #close} waits for it. */
    void stop() {
        stopping = true;
        looking.shutdownNow();
    }

    /** Stops, and waits until a look under way has ended: it reads what the caller closes next. */
    @Override
    public void close() {
        stop();
        if (!DaemonThreads.end(looking, STOP)) {
            LOG.debug("the monitor's look is cut off");
        }
    }
}
