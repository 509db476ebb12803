package io.heimdall.backend.djl;

import io.heimdall.model.ModelException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread of the process on which the engine is loaded and used.
 *
 * <p>PyTorch's gradient mode, random state and number of threads belong to a thread, and DJL allows one gradient
 * collector per process: one thread for all sessions keeps them apart without locks.
 */
final class EngineThread {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "heimdall-djl");
        thread.setDaemon(true);
        thread.setContextClassLoader(EngineThread.class.getClassLoader()); // where DJL looks for its natives
        return thread;
    });

    private EngineThread() {}

    /**
     * Runs work on the engine's thread and waits for it, through interrupts: native work cannot be given up halfway.
     *
     * @throws ModelException around a checked exception; unchecked ones come as they are
     */
    static <T> T call(Callable<T> work) {
        Future<T> result = THREAD.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new ModelException(cause.getMessage(), cause);
    }
}
