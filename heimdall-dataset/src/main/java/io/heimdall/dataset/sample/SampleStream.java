package io.heimdall.dataset.sample;

import io.heimdall.dataset.DatasetException;
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

/**
 * Samples in the order of their recipes, a bounded number of them made ahead. For one thread.
 *
 * <p>A fault of making a sample is thrown where that sample would have come.
 */
public final class SampleStream implements Iterator<Sample>, AutoCloseable {
    private final Iterator<SampleRecipe> recipes;
    private final int ahead;
    private final ExecutorService workers;
    private final Function<SampleRecipe, Sample> load;
    private final Queue<Future<Sample>> running = new ArrayDeque<>();

    SampleStream(List<SampleRecipe> recipes, int ahead, ExecutorService workers, Function<SampleRecipe, Sample> load) {
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead " + ahead + " is not at least 1");
        }
        this.recipes = recipes.iterator();
        this.ahead = ahead;
        this.workers = workers;
        this.load = load;
        refill();
    }

    @Override
    public boolean hasNext() {
        return !running.isEmpty();
    }

    /**
     * Returns the next sample, waiting for it if need be.
     *
     * @throws DatasetException if it cannot be made, the thread is interrupted, or the loader closed
     */
    @Override
    public Sample next() {
        if (running.isEmpty()) {
            throw new NoSuchElementException();
        }
        Future<Sample> first = running.remove();
        try {
            Sample sample = first.get();
            refill();
            return sample;
        } catch (ExecutionException e) {
            close();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // A sample is made by a function, which throws nothing checked.
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new DatasetException("reading samples was interrupted", e);
        } catch (CancellationException | RejectedExecutionException e) {
            close();
            throw new DatasetException("reading samples was stopped: their loader is closed", e);
        }
    }

    private void refill() {
        while (running.size() < ahead && recipes.hasNext()) {
            SampleRecipe recipe = recipes.next();
            running.add(workers.submit(() -> load.apply(recipe)));
        }
    }

    /** Stops making samples; safe to call twice. */
    @Override
    public void close() {
        running.forEach(sample -> sample.cancel(true));
        running.clear();
    }
}
