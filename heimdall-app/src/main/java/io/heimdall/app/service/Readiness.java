package io.heimdall.app.service;

import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.dataset.ObjectKey;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what the service depends on answers: asked for real, each with a time limit, at most every other second.
 *
 * <p>Why something is down stands in the log: messages of drivers name hosts and users.
 */
final class Readiness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final long LIMIT_SECONDS = 3;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Map<String, Callable<?>> checks = new LinkedHashMap<>();
    private final ExecutorService checking = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "heimdall-readiness");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, String> last = Map.of();
    private long lastAt;

    Readiness(Services services, TrainingJobs jobs) {
        checks.put("catalogue", services.catalog()::stations);
        checks.put("objects", () -> services.objects().exists(new ObjectKey(ObjectKey.MODELS, "localization-v1.onnx")));
        checks.put("tracker", () -> services.tracker().versions(TrainingSettings.MODEL_NAME));
        checks.put("jobs", jobs::count);
        checks.put("workers", () -> {
            if (jobs.workers() == 0) {
                throw new IllegalStateException("no worker is alive");
            }
            return null;
        });
    }

    /** Returns {@code up} or {@code down} for each dependency. */
    synchronized Map<String, String> states() {
        if (last.isEmpty() || System.nanoTime() - lastAt > KEPT_NANOS) {
            Map<String, Future<?>> asked = new LinkedHashMap<>();
            checks.forEach((name, check) -> asked.put(name, checking.submit(check)));
            Map<String, String> states = new LinkedHashMap<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            asked.forEach((name, answer) -> states.put(name, state(name, answer, end - System.nanoTime())));
            last = states;
            lastAt = System.nanoTime();
        }
        return last;
    }

    private static String state(String name, Future<?> answer, long nanos) {
        try {
            answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            return "up";
        } catch (ExecutionException e) {
            LOG.warn(
                    "{} is down: {}",
                    name,
                    Answers.withoutCredentials(String.valueOf(e.getCause().getMessage())));
        } catch (TimeoutException e) {
            LOG.warn("{} has not answered in {} s", name, LIMIT_SECONDS);
            answer.cancel(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "down";
    }

    @Override
    public void close() {
        checking.shutdownNow();
    }
}
