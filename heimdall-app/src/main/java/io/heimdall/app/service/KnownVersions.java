package io.heimdall.app.service;

import io.heimdall.files.DaemonThreads;
import io.heimdall.files.Outcome;
import io.heimdall.tracking.ModelVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of each model, a second old at most while the tracker answers, else as it listed them last: a prediction does
 * not wait for an MLflow server, and goes on without it.
 */
final class KnownVersions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownVersions.class);
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_MILLIS = 500;
    private static final Duration STOP = Duration.ofSeconds(5);

    /** A list that was told, or is the last known one when it was asked for in vain. */
    private record Listing(List<ModelVersion> versions, long nanos) {
        boolean old() {
            return System.nanoTime() - nanos > KEPT_NANOS;
        }
    }

    private final Function<String, List<ModelVersion>> tracker;
    private final Map<String, Listing> known = new HashMap<>();
    private final Map<String, Future<Outcome<List<ModelVersion>, RuntimeException>>> asked = new HashMap<>();
    private final ExecutorService asking = Executors.newCachedThreadPool(DaemonThreads.named("heimdall-versions"));

    KnownVersions(Function<String, List<ModelVersion>> tracker) {
        this.tracker = tracker;
    }

    /** Returns the versions of a model; what the tracker throws if it has never listed them. */
    List<ModelVersion> of(String name) {
        Future<Outcome<List<ModelVersion>, RuntimeException>> answer;
        Listing last;
        synchronized (this) {
            last = known.get(name);
            if (last != null && !last.old()) {
                return last.versions();
            }
            answer = asked.computeIfAbsent(
                    name, n -> asking.submit(() -> Outcome.of(RuntimeException.class, () -> ask(n))));
        }
        try {
            return (last == null ? answer.get() : answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).get();
        } catch (TimeoutException e) {
            return lastKnown(name, last, "it does not answer");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the work", e);
        } catch (RuntimeException e) {
            if (last == null) {
                throw e;
            }
            return lastKnown(name, last, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the service is stopping", 5);
        }
    }

    private List<ModelVersion> ask(String name) {
        try {
            List<ModelVersion> versions = List.copyOf(tracker.apply(name));
            synchronized (this) {
                if (versions.isEmpty()) {
                    known.remove(name); // names that are only tried are not remembered
                } else {
                    known.put(name, new Listing(versions, System.nanoTime()));
                }
            }
            return versions;
        } finally {
            synchronized (this) {
                asked.remove(name);
            }
        }
    }

    /** For the next second nobody waits for the tracker again. */
    private synchronized List<ModelVersion> lastKnown(String name, Listing last, String why) {
        if (known.get(name) == last) {
            known.put(name, new Listing(last.versions(), System.nanoTime()));
            LOG.warn(
                    "the tracker cannot list '{}', its versions are those last known: {}",
                    name,
                    Answers.withoutCredentials(String.valueOf(why)));
        }
        return last.versions();
    }

    @Override
    public void close() {
        DaemonThreads.end(asking, STOP);
    }
}
