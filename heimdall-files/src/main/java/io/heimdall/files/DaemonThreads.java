package io.heimdall.files;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Threads that work beside their owner's, do not keep a program from ending, and have ended when their owner is closed.
 */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** Returns a factory of daemon threads, all of the same name. */
    public static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Interrupts workers and waits until they have ended: whoever closes a database or deletes a folder next must not meet one
     * there. An interrupt of the calling thread does not shorten the wait, and is kept.
     *
     * @param limit after which this returns although a worker goes on
     * @return whether all have ended
     */
    public static boolean end(ExecutorService workers, Duration limit) {
        workers.shutdownNow();
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
