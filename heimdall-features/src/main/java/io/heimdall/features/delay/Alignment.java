package io.heimdall.features.delay;

/**
 * How the second recording is shifted to meet the first: {@code a(t) ~ b(t - delay - drift (t - middle)) exp(2i pi offset t)}.
 *
 * @param delay seconds, positive where the first recording hears the signal later
 * @param drift seconds a second
 * @param offsetHz the signal's frequency in the first recording less that in the second
 * @param middle the time at which {@code delay} holds, seconds since the epoch of the pieces
 */
record Alignment(double delay, double drift, double offsetHz, double middle) {

    /** Returns the time in the second recording that belongs to a time in the first. */
    double inSecond(double seconds) {
        return seconds - delay - drift * (seconds - middle);
    }

    /** Returns the time in the first recording that belongs to a time in the second. */
    double inFirst(double seconds) {
        return (seconds + delay - drift * middle) / (1 - drift);
    }
}
