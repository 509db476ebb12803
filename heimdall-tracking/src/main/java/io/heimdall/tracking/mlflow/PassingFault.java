package io.heimdall.tracking.mlflow;

import java.io.IOException;
import java.time.Duration;

/** A fault that the server reported and that may pass. */
final class PassingFault extends IOException {
    private final transient Duration wait;

    /**
     * Makes one.
     *
     * @param wait that the server asks for; zero where it asks for none
     */
    PassingFault(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /** Returns how long the server asks to wait after any fault. */
    static Duration wait(IOException fault) {
        return fault instanceof PassingFault passing ? passing.wait : Duration.ZERO;
    }
}
