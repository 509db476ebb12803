package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.files.DaemonThreads;
import io.heimdall.files.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work on a list by some threads, its results taken in order by the caller's. */
final class Ahead {
    private static final int AHEAD_PER_THREAD = 2;

    private Ahead() {}

    /** What the threads do. */
    interface Work<T, R> {
        R of(T item) throws IOException;
    }

    /** What the caller does. */
    interface Sink<R> {
        void take(R result) throws IOException;
    }

    /**
     * Works until all is done, or something fails: then what is in work is stopped before this returns.
     *
     * @throws DatasetException if the calling thread is interrupted
     */
    static <T, R> void work(List<T> items, int threads, Work<T, R> work, Sink<R> sink) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, DaemonThreads.named("recording-reader"));
        try {
            Queue<Future<Outcome<R, IOException>>> running = new ArrayDeque<>();
            Iterator<T> rest = items.iterator();
            while (rest.hasNext() || !running.isEmpty()) {
                // A result that is there already is given out without a look at the interrupt.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                while (rest.hasNext() && running.size() < AHEAD_PER_THREAD * threads) {
                    T item = rest.next();
                    running.add(workers.submit(() -> Outcome.of(IOException.class, () -> work.of(item))));
                }
                sink.take(running.remove().get().get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the work", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatasetException(
                    "", "reading recordings was interrupted; the sessions in the catalogue are complete", e, true);
        } finally {
            // Interrupted file operations end at once; whoever tidies up afterwards must not meet them.
            DaemonThreads.end(workers, Duration.ofSeconds(10));
        }
    }
}
