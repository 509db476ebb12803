package io.heimdall.files;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a call to a server is tried, and the pauses between the tries: each twice as long as the one before.
 *
 * @param most tries in all, at least 1
 * @param patience after which no new try begins, once there were three
 * @param first pause
 * @param longest pause, also where the server asks for a longer one
 */
public record Backoff(int most, Duration patience, Duration first, Duration longest) {

    /** Returns seven tries, with pauses of about ten seconds in all. */
    public static Backoff usual(Duration patience) {
        return new Backoff(7, patience, Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    /** Returns a number of tries that no time limits: each of them has a limit of its own. */
    public static Backoff counted(int most, Duration first, Duration longest) {
        return new Backoff(most, Duration.ofDays(1), first, longest);
    }

    /**
     * Returns how long to wait, never the same for two clients that failed together.
     *
     * @param retry from 1
     * @param asked by the server; zero where it asks for nothing
     */
    Duration pause(int retry, Duration asked) {
        long doubled = Math.min(longest.toMillis(), first.toMillis() << Math.min(retry - 1, 16));
        long pause = doubled + ThreadLocalRandom.current().nextLong(doubled / 4 + 1);
        return Duration.ofMillis(Math.max(pause, Math.min(longest.toMillis(), asked.toMillis())));
    }
}
