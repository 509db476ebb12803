package io.heimdall.model.backend;

import io.heimdall.model.ModelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread of the process on which an engine is loaded and used.
 *
 * <p>Engines keep gradient mode, random state, number of threads or work memory per thread. One thread for all
 * sessions keeps them separate without locks. When the process ends (Ctrl-C, SIGTERM), this thread finishes the
 * running call and refuses others, since a native library crashes if it computes while the process unloads it.
 * Thread-safe.
 */
public final class EngineThread {
    /** Longer than any step of a training. */
    private static final long LAST_CALL_SECONDS = 20;

    private final ExecutorService thread;

    /**
     * Makes a thread, which starts with the first call and does not keep the process alive.
     *
     * @param name of the thread
     * @param loader the thread's context class loader, where engines look for their natives
     */
    public EngineThread(String name, ClassLoader loader) {
        thread = Executors.newSingleThreadExecutor(work -> {
            var started = new Thread(work, name);
            started.setDaemon(true);
            started.setContextClassLoader(loader);
            return started;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(this::finish, name + "-end"));
    }

    private void finish() {
        thread.shutdown();
        try {
            thread.awaitTermination(LAST_CALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs work on the engine's thread and waits for it, through interrupts: native work cannot be given up halfway. What the
     * work throws comes as it is.
     *
     * @throws ModelException if the process is ending
     */
    public <T> T call(Supplier<T> work) {
        Future<Ended<T>> result;
        try {
            result = thread.submit(() -> Ended.of(work));
        } catch (RejectedExecutionException e) {
            throw new ModelException("", "stopped, since the program is being ended", e, true);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get().value();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the outcome must carry the exception of the work", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How work has ended: with a result, or with what it threw, which keeps its type on the way to the other thread. */
    private record Ended<T>(T result, RuntimeException fault, Error error) {
        static <T> Ended<T> of(Supplier<T> work) {
            try {
                return new Ended<>(work.get(), null, null);
            } catch (RuntimeException e) {
                return new Ended<>(null, e, null);
            } catch (Error e) {
                return new Ended<>(null, null, e);
            }
        }

        T value() {
            if (error != null) {
                throw error;
            }
            if (fault != null) {
                throw fault;
            }
            return result;
        }
    }
}
