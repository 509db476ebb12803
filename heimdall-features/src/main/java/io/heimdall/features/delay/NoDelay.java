package io.heimdall.features.delay;

/**
 * The reason why two recordings give no delay.
 *
 * @param reason the kind of obstacle
 * @param detail a clause for people, with numbers: {@code they share 0.02 s, 0.1 s are needed}
 */
public record NoDelay(Reason reason, String detail) implements Delay {

    /** The kinds of obstacles. */
    public enum Reason {
        /** A recording does not tell its sample rate. */
        UNKNOWN_RATE,
        /** The receivers were not recording at the same time, or not for long enough. */
        NO_COMMON_TIME,
        /** The receivers recorded different frequencies. */
        NO_COMMON_BAND,
        /** Nothing in one recording is found in the other. */
        NO_COHERENCE,
        /** Both hear the same carrier, but nothing of it that tells one time from another. */
        CARRIER_ALONE,
        /** Several delays explain the recordings equally well. */
        AMBIGUOUS
    }
}
