package io.heimdall.app.service;

import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.files.DaemonThreads;
import io.heimdall.files.ObjectKey;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what the service depends on answers: asked for real, each with a time limit, every other second while somebody wants to
 * know. Nobody waits for it but the first who asks.
 *
 * <p>Why something is down stands in the log: messages of drivers name hosts and users.
 */
final class Readiness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long LIMIT_SECONDS = 3;
    private static final long EVERY_SECONDS = 2;
    private static final Duration STOP = Duration.ofSeconds(LIMIT_SECONDS);
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2 * (EVERY_SECONDS + LIMIT_SECONDS));
    private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Map<String, Callable<?>> checks = new LinkedHashMap<>();
    private final ExecutorService checking = Executors.newCachedThreadPool(DaemonThreads.named("heimdall-readiness"));
    private final ScheduledExecutorService asking =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("heimdall-readiness"));
    private final Map<String, String> faults = new HashMap<>();
    private volatile Known known;
    private volatile long wantedAt;

    /** The states at a time. */
    private record Known(Map<String, String> states, long at) {}

    Readiness(RecordingCatalog catalog, ModelDestination destination, TrainingJobs jobs) {
        checks.put("catalogue", catalog::stations);
        checks.put(
                "objects", () -> destination.objects().exists(new ObjectKey(ObjectKey.MODELS, "localization-v1.onnx")));
        checks.put("tracker", () -> destination.tracker().versions(TrainingSettings.MODEL_NAME));
        checks.put("jobs", jobs::count);
        checks.put("workers", () -> {
            if (jobs.workers() == 0) {
                throw new IllegalStateException("no worker is alive");
            }
            return null;
        });
        asking.scheduleWithFixedDelay(this::askAgain, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns whether {@link #states} returns at once. */
    boolean isKnown() {
        Known now = known;
        return now != null && System.nanoTime() - now.at() < KEPT_NANOS;
    }

    /** Returns {@code up} or {@code down} for each dependency. */
    Map<String, String> states() {
        wantedAt = System.nanoTime();
        Known now = known;
        return isKnown() ? now.states() : ask().states();
    }

    private void askAgain() {
        if (known != null && System.nanoTime() - wantedAt < WANTED_NANOS) {
            ask();
        }
    }

    private synchronized Known ask() {
        if (known != null && System.nanoTime() - known.at() < TimeUnit.SECONDS.toNanos(1)) {
            return known; // somebody else has just asked
        }
        Map<String, Future<?>> asked = new LinkedHashMap<>();
        checks.forEach((name, check) -> asked.put(name, checking.submit(check)));
        Map<String, String> states = new LinkedHashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        asked.forEach((name, answer) -> {
            Optional<String> fault = fault(answer, end - System.nanoTime());
            states.put(name, fault.isEmpty() ? "up" : "down");
            if (!faults.getOrDefault(name, "").equals(fault.orElse(""))) { // the same again is no news
                fault.ifPresentOrElse(why -> LOG.warn("{} is down: {}", name, why), () -> LOG.warn("{} is up", name));
                faults.put(name, fault.orElse(""));
            }
        });
        known = new Known(states, System.nanoTime());
        return known;
    }

    private static Optional<String> fault(Future<?> answer, long nanos) {
        try {
            answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(
                    Answers.withoutCredentials(String.valueOf(e.getCause().getMessage())));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.of("no answer in " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the service is stopping");
        }
    }

    @Override
    public void close() {
        DaemonThreads.end(asking, STOP);
        DaemonThreads.end(checking, STOP);
    }
}
