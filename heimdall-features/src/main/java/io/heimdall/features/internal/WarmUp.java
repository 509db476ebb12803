package io.heimdall.features.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Decides when the JVM has compiled the vector kernels. Until then each vector is an object, and the vector kernels are
 * a hundred times slower than the portable ones.
 *
 * <p>After the first work, a daemon thread runs both kernels on noise until the vector kernels are faster. It gives up after
 * some time, so a JVM whose compiler does not vectorise stays with the portable kernels. Thread-safe.
 */
public final class WarmUp {
    private static final int WINS = 3;
    private static final long LIMIT_NS = 120_000_000_000L;

    private final AtomicLong done = new AtomicLong();
    private final long early;
    private volatile boolean over;

    /**
     * Makes one for a kind of work.
     *
     * @param early with less work in a whole JVM the trials are not worth the processor's time
     */
    public WarmUp(long early) {
        this.early = early;
    }

    /**
     * Returns whether the next work is for the vector kernels.
     *
     * @param count how much it is
     * @param portable makes some work for the portable kernels
     * @param vector makes as much for the vector kernels
     */
    public boolean isOver(long count, Supplier<Runnable> portable, Supplier<Runnable> vector) {
        if (!over) {
            long before = done.getAndAdd(count);
            if (before < early && before + count >= early) {
                Thread thread = new Thread(() -> run(portable.get(), vector.get()), "heimdall-kernel-warm-up");
                thread.setDaemon(true);
                thread.start();
            }
        }
        return over;
    }

    private void run(Runnable portable, Runnable vector) {
        long begin = System.nanoTime();
        for (int wins = 0; wins < WINS && System.nanoTime() - begin < LIMIT_NS; ) {
            wins = time(portable) > time(vector) ? wins + 1 : 0;
            over = wins == WINS;
        }
    }

    private static long time(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }
}
