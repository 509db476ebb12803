package io.heimdall.app.service;

import io.heimdall.files.DaemonThreads;
import io.heimdall.tracking.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a second model answer a share of the predictions, after the caller has its answer, and measures how the answers differ. What
 * goes wrong in it is counted, and changes no answer.
 */
final class Shadow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
    private static final int WAITING = 16;
    private static final double REGION = 0.95;
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Optional<ShadowOptions> options;
    private final ModelChoice models;
    private final Measurements measurements;
    private final AtomicLong seen = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), DaemonThreads.named("heimdall-shadow"));

    /**
     * Creates one that has nothing to do yet.
     *
     * @param options empty if there is no second model
     */
    Shadow(Optional<ShadowOptions> options, ModelChoice models, Measurements measurements) {
        this.options = options;
        this.models = models;
        this.measurements = measurements;
        worker.allowCoreThreadTimeOut(true);
    }

    /** Locates what was asked with another version. */
    interface Again {
        List<ShadowPlace> by(ModelVersion version) throws Exception;
    }

    /** Returns whether this request is one of the share, evenly among the requests. */
    boolean isNext() {
        if (options.isEmpty()) {
            return false;
        }
        double share = options.get().share();
        long number = seen.incrementAndGet();
        return Math.floor(number * share) > Math.floor((number - 1) * share);
    }

    /**
     * Locates again, in another thread, and measures. With too much to do, the request is left out.
     *
     * @param served version that has answered
     * @param places that it has found
     */
    void later(ModelVersion served, List<ShadowPlace> places, Again again) {
        try {
            worker.execute(() -> now(served, places, again));
        } catch (RejectedExecutionException e) {
            measurements.shadowMissed("busy");
        }
    }

    /** Locates again in this thread, for what is gone after the request. */
    void now(ModelVersion served, List<ShadowPlace> places, Again again) {
        try {
            ModelVersion version =
                    models.version(Optional.of(options.orElseThrow().model()), Optional.of(served.name()));
            if (version.version() == served.version()) {
                measurements.shadowMissed("same_version");
                return;
            }
            List<ShadowPlace> others = again.by(version);
            if (others.size() != places.size()) {
                measurements.shadowMissed("other_places");
                return;
            }
            for (int i = 0; i < places.size(); i++) {
                measurements.shadowed(
                        places.get(i).distanceM(others.get(i)), places.get(i).isBeyond(others.get(i), REGION));
            }
        } catch (Exception e) { // nobody waits for it
            measurements.shadowMissed("failed");
            if (failed.getAndSet(true)) {
                LOG.debug("the second model has no answer", e);
            } else { // once: it may be a word that names no version
                LOG.warn("the second model has no answer: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        DaemonThreads.end(worker, STOP);
    }
}
