package io.heimdall.files;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The results of {@link OrderedWork}, in the order of its items. For one thread.
 *
 * <p>An exception of the work is thrown in the place of its result.
 *
 * @param <R> of one item
 */
public final class OrderedResults<R> implements Iterator<R>, AutoCloseable {
    private static final String STOPPED = "the work was stopped: its workers are closed";

    private final Iterator<? extends Supplier<R>> items;
    private final int ahead;
    private final ExecutorService workers;
    private final Deque<Future<Outcome<R, RuntimeException>>> running = new ArrayDeque<>();

    <T> OrderedResults(Stream<T> items, int ahead, ExecutorService workers, Function<? super T, ? extends R> work) {
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead " + ahead + " is not at least 1");
        }
        this.items = items.<Supplier<R>>map(item -> () -> work.apply(item)).iterator();
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
     * @throws CancellationException if the thread is interrupted (it still is) or the workers are closed
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
            throw new IllegalStateException("the outcome must carry the exception of the work", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled("the thread that waited for a result was interrupted", e);
        } catch (CancellationException e) {
            throw cancelled(STOPPED, e);
        }
    }

    private void refill() {
        try {
            while (running.size() < ahead && items.hasNext()) {
                Supplier<R> item = items.next();
                running.add(workers.submit(() -> Outcome.of(RuntimeException.class, item::get)));
            }
        } catch (RejectedExecutionException e) {
            throw cancelled(STOPPED, e);
        }
    }

    private static CancellationException cancelled(String reason, Exception cause) {
        CancellationException cancelled = new CancellationException(reason);
        cancelled.initCause(cause);
        return cancelled;
    }

    /** Stops the work; safe to call twice. */
    @Override
    public void close() {
        // The last first: a worker that is interrupted takes the next work at once, where there is some.
        running.descendingIterator().forEachRemaining(work -> work.cancel(true));
        running.clear();
    }
}
