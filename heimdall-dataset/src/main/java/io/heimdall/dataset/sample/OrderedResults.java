package io.heimdall.dataset.sample;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.internal.Outcome;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The results of {@link OrderedWork}, in the order of its items. For one thread.
 *
 * <p>A fault of the work is thrown where its result would have come.
 *
 * @param <R> of one item
 */
public final class OrderedResults<R> implements Iterator<R>, AutoCloseable {
    private final Iterator<? extends Supplier<R>> items;
    private final int ahead;
    private final ExecutorService workers;
    private final Queue<Future<Outcome<R, RuntimeException>>> running = new ArrayDeque<>();

    <T> OrderedResults(List<T> items, int ahead, ExecutorService workers, Function<? super T, ? extends R> work) {
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead " + ahead + " is not at least 1");
        }
        this.items =
                items.stream().<Supplier<R>>map(item -> () -> work.apply(item)).iterator();
        this.ahead = ahead;
        this.workers = workers;
        refill();
    }

    @Override
    public boolean hasNext() {
        return !running.isEmpty();
    }

    /**
     * Returns the next result, waiting for it if need be.
     *
     * @throws DatasetException if the thread is interrupted or the workers are closed
     */
    @Override
    public R next() {
        if (running.isEmpty()) {
            throw new NoSuchElementException();
        }
        Future<Outcome<R, RuntimeException>> first = running.remove();
        boolean given = false;
        try {
            R result = outcome(first).get();
            refill();
            given = true;
            return result;
        } finally {
            if (!given) {
                close();
            }
        }
    }

    private static <R> Outcome<R, RuntimeException> outcome(Future<Outcome<R, RuntimeException>> work) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("what work throws is in its outcome", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetException("", "reading samples was interrupted", e, true);
        } catch (CancellationException e) {
            throw stopped(e);
        }
    }

    private void refill() {
        try {
            while (running.size() < ahead && items.hasNext()) {
                Supplier<R> item = items.next();
                running.add(workers.submit(() -> Outcome.of(RuntimeException.class, item::get)));
            }
        } catch (RejectedExecutionException e) {
            throw stopped(e);
        }
    }

    private static DatasetException stopped(RuntimeException cause) {
        return new DatasetException("reading samples was stopped: their loader is closed", cause);
    }

    /** Stops the work; safe to call twice. */
    @Override
    public void close() {
        running.forEach(work -> work.cancel(true));
        running.clear();
    }
}
