package io.heimdall.model.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the optimiser: at most one per core, kept between steps, gone when idle, never in the way of exit. */
final class Workers {
    private static final ThreadPoolExecutor POOL = pool(Runtime.getRuntime().availableProcessors());

    private Workers() {}

    /** Runs {@code work} on {@code threads} threads, the caller's among them, and returns when all are done. */
    static void run(int threads, Runnable work) {
        List<Future<?>> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            helpers.add(POOL.submit(work));
        }
        work.run();
        helpers.forEach(Workers::join);
    }

    // An interrupt must not leave half of the weights updated: it is kept for the caller.
    private static void join(Future<?> helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("an optimiser thread failed: " + e.getCause(), e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor pool(int threads) {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "heimdall-optimizer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
