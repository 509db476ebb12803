package io.heimdall.files;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The tries of one call to a server: a bounded number, with growing pauses between them. For one thread.
 *
 * <pre>{@code
 * for (Attempts attempts = new Attempts(6, patience); ; ) {
 *     try {
 *         return call();
 *     } catch (IOException e) {
 *         if (!isPassing(e) || !attempts.again()) throw new IOException(e.getMessage() + " (" + attempts + ")", e);
 *     }
 * }
 * }</pre>
 */
public final class Attempts {
    /** How often a call is tried unless something else is said: with its pauses about ten seconds. */
    public static final int USUAL = 7;

    /** However long each of them took: one that meets a silent server and then one that meets what the silence left. */
    private static final int FEWEST = 3;

    private static final long FIRST_PAUSE_MILLIS = 150;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final int most;
    private final Duration patience;
    private final long start = System.nanoTime();
    private long patienceStart = start;
    private int made = 1;
    private int sinceProgress = 1;

    /**
     * Begins with the first try.
     *
     * @param most tries in all, at least 1
     * @param patience after which no new try begins, once there were three
     */
    public Attempts(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /**
     * Waits, and says whether there is another try.
     *
     * @return false when all are used up, patience is at its end, or the thread was interrupted (it still is)
     */
    public boolean again() {
        boolean patienceEnded = System.nanoTime() - patienceStart >= patience.toNanos();
        if (sinceProgress >= most || patienceEnded && sinceProgress >= FEWEST) {
            return false;
        }
        try {
            Thread.sleep(pauseMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        made++;
        sinceProgress++;
        return true;
    }

    /** Tells that part of the work is done: what goes wrong from here on has all tries again. */
    public void progress() {
        sinceProgress = 1;
        patienceStart = System.nanoTime();
    }

    /** Twice as long each time, and never the same for two clients that failed together. */
    private long pauseMillis() {
        long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(sinceProgress - 1, 10), LONGEST_PAUSE_MILLIS);
        return pause + ThreadLocalRandom.current().nextLong(pause / 4 + 1);
    }

    /** Says what was tried, for a message: {@code tried 7 times in 9.6 s}. */
    @Override
    public String toString() {
        if (made == 1) {
            return "tried once";
        }
        return String.format(Locale.ROOT, "tried %d times in %.1f s", made, (System.nanoTime() - start) / 1e9);
    }
}
