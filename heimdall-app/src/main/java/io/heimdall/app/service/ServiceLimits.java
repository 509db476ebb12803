package io.heimdall.app.service;

import java.time.Duration;

/**
 * The limits of the service.
 *
 * @param largestBody bytes of a body, recordings apart
 * @param largestRecordings bytes of all recordings of a prediction together
 * @param waitingPredictions at most; further ones are sent away until later
 * @param connections at most; further ones are answered by 503
 * @param idle after which a silent connection is closed
 */
public record ServiceLimits(
        long largestBody, long largestRecordings, int waitingPredictions, int connections, Duration idle) {

    /**
     * Checks that something can be done within them.
     *
     * @throws IllegalArgumentException saying which of them is below 1
     */
    public ServiceLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("connections " + connections + " is not at least 1");
        }
        if (largestBody < 1 || largestRecordings < 1 || waitingPredictions < 1) {
            throw new IllegalArgumentException("the limits " + largestBody + ", " + largestRecordings + " bytes and "
                    + waitingPredictions + " predictions are not all at least 1");
        }
    }

    /** Returns the defaults. */
    public static ServiceLimits usual() {
        return new ServiceLimits(8 << 20, 64 << 20, 64, 4096, Duration.ofSeconds(30));
    }
}
