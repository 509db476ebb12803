package io.heimdall.tracking.mlflow;

import io.heimdall.tracking.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries what may fail for a moment again, after waits that double.
 *
 * @param attempts the first included
 * @param first wait
 * @param longest wait, also where the server asks for a longer one
 */
record Backoff(int attempts, Duration first, Duration longest) {

    /** What is tried. */
    interface Attempt<T> {

        /**
         * Does it once.
         *
         * @param again true if an attempt before failed, which may have done its work all the same
         * @throws IOException if it may be tried again
         */
        T run(boolean again) throws IOException, InterruptedException;
    }

    /** A fault that the server reported and that may pass. */
    static final class PassingFault extends IOException {
        private final transient Optional<Duration> wait;

        PassingFault(String message, Optional<Duration> wait) {
            super(message);
            this.wait = wait;
        }
    }

    static Backoff of(int attempts) {
        return new Backoff(attempts, Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    /** Returns what the first attempt that succeeds returns. */
    <T> T persist(String what, Attempt<T> attempt) {
        long start = System.nanoTime();
        IOException fault = null;
        try {
            for (int i = 0; i < attempts; i++) {
                if (fault != null) {
                    Thread.sleep(wait(i, fault).toMillis());
                }
                try {
                    return attempt.run(fault != null);
                } catch (IOException e) {
                    fault = e;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(what, what + ": interrupted", e);
        }
        String reason = fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
        throw new UnavailableException(
                what,
                what + ": tried " + attempts + " times in " + (System.nanoTime() - start) / 1_000_000 + " ms; last: "
                        + reason,
                fault);
    }

    private Duration wait(int retry, IOException fault) {
        long doubled = Math.min(longest.toMillis(), first.toMillis() << Math.min(retry - 1, 16));
        // Jitter: processes that failed together shall not come back together.
        long waits = doubled / 2 + ThreadLocalRandom.current().nextLong(doubled / 2 + 1);
        if (fault instanceof PassingFault passing && passing.wait.isPresent()) {
            waits = Math.min(
                    longest.toMillis(), Math.max(waits, passing.wait.get().toMillis()));
        }
        return Duration.ofMillis(waits);
    }
}
