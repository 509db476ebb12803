package io.heimdall.dataset.store;

import java.io.IOException;
import java.time.Duration;

/** Remembers that the storage is away: each question to it takes as long as all its retries. Thread-safe. */
final class Outage {
    private final Duration pause;
    private volatile Fault last;

    /** Asks for a pause after each fault. */
    Outage(Duration pause) {
        this.pause = pause;
    }

    private record Fault(IOException cause, long since) {}

    /** Notes that the storage did not answer. */
    void began(IOException fault) {
        last = new Fault(fault, System.nanoTime());
    }

    /** Notes that the storage answered. */
    void ended() {
        last = null;
    }

    /**
     * Returns if the storage may be asked.
     *
     * @throws IOException if it did not answer a short while ago
     */
    void check() throws IOException {
        Fault fault = last;
        if (fault != null && System.nanoTime() - fault.since() < pause.toNanos()) {
            throw new IOException(
                    "the store is left alone for " + pause.toSeconds() + " s after: "
                            + fault.cause().getMessage(),
                    fault.cause());
        }
    }
}
