package io.heimdall.files;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Workers that do a bounded amount of work ahead of the thread that asks for its results, which come in order.
 *
 * <p>Thread-safe; each {@link OrderedResults} is for one thread.
 */
public final class OrderedWork implements AutoCloseable {
    /** More than the features of one recording take. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ExecutorService workers;

    /**
     * Starts the workers.
     *
     * @param name of their threads
     * @param threads at least 1
     */
    public OrderedWork(String name, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
        this.workers = Executors.newFixedThreadPool(threads, DaemonThreads.named(name));
    }

    /**
     * Starts some work.
     *
     * @param items in the order in which their results come
     * @param ahead how many results may be ready or in work before they are asked for, at least 1
     * @param work done by the workers
     */
    public <T, R> OrderedResults<R> start(List<T> items, int ahead, Function<? super T, ? extends R> work) {
        return start(items.stream(), ahead, work);
    }

    /**
     * Starts some work on items that are made when their turn comes.
     *
     * @param items in the order in which their results come; made by the thread that asks for results
     * @param ahead how many results may be ready or in work before they are asked for, at least 1
     * @param work done by the workers
     */
    public <T, R> OrderedResults<R> start(Stream<T> items, int ahead, Function<? super T, ? extends R> work) {
        return new OrderedResults<>(items, ahead, workers, work);
    }

    /** Ends the workers, and waits for what they have in hand; results that are still awaited fail. */
    @Override
    public void close() {
        // Work that no worker had begun would never end: whoever waits for it must be told.
        workers.shutdownNow().forEach(work -> ((Future<?>) work).cancel(false));
        DaemonThreads.end(workers, CLOSING);
    }
}
