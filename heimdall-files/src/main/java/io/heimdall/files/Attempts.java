package io.heimdall.files;

import java.time.Duration;
import java.util.Locale;

/**
 * The tries of one call to a server: a bounded number, with growing pauses between them. For one thread.
 *
 * <pre>{@code
 * for (Attempts attempts = new Attempts(Backoff.usual(patience)); ; ) {
 *     try {
 *         return call();
 *     } catch (IOException e) {
 *         if (!isPassing(e) || !attempts.again()) throw new IOException(e.getMessage() + " (" + attempts + ")", e);
 *     }
 * }
 * }</pre>
 */
public final class Attempts {
    /** However long each of them took: one that meets a silent server and then one that meets what the silence left. */
    private static final int FEWEST = 3;

    private final Backoff backoff;
    private final long start = System.nanoTime();
    private long patienceStart = start;
    private int made = 1;
    private int sinceProgress = 1;

    /** Begins with the first try. */
    public Attempts(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * Waits, and says whether there is another try.
     *
     * @return false when all are used up, patience is at its end, or the thread was interrupted (it still is)
     */
    public boolean again() {
        return again(Duration.ZERO);
    }

    /**
     * Waits as {@link #again()} does, and as long as the server asks for where that is longer.
     *
     * @param asked by the server; the longest pause limits it
     */
    public boolean again(Duration asked) {
        boolean patienceEnded =
                System.nanoTime() - patienceStart >= backoff.patience().toNanos();
        if (sinceProgress >= backoff.most() || patienceEnded && sinceProgress >= FEWEST) {
            return false;
        }
        try {
            Thread.sleep(backoff.pause(sinceProgress, asked).toMillis());
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

    /** Returns whether this is another try than the first: one before may have done its work all the same. */
    public boolean repeated() {
        return made > 1;
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
