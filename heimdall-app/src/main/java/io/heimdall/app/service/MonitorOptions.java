package io.heimdall.app.service;

import java.time.Duration;

/**
 * When the model that answers is monitored, and on which sessions.
 *
 * @param every time between two looks, above 0
 * @param window before each look, from which the new sessions are, above 0
 */
public record MonitorOptions(Duration every, Duration window) {

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if one is not above 0
     */
    public MonitorOptions {
        if (every.isNegative() || every.isZero() || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "the monitor's times " + every + " and " + window + " are not both above 0");
        }
    }
}
