package io.heimdall.files;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends threads for good: whoever closes a workspace or deletes a folder next must not meet one of them there. */
public final class Shutdown {
    private Shutdown() {}

    /**
     * Lets nothing more begin, interrupts what is at work and waits until it has ended. A caller that is interrupted waits all the
     * same, and is interrupted afterwards.
     *
     * @param limit to wait at most
     * @return whether all has ended
     */
    public static boolean now(ExecutorService workers, Duration limit) {
        workers.shutdownNow();
        return await(workers, limit);
    }

    /**
     * Waits until what is at work has ended, as {@link #now} does; the caller has ended the intake.
     *
     * @param limit to wait at most
     * @return whether all has ended
     */
    public static boolean await(ExecutorService workers, Duration limit) {
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
