package io.heimdall.tracking;

/** Thrown when the server cannot be reached or fails. A later call may succeed. */
public final class UnavailableException extends TrackingException {

    public UnavailableException(String subject, String message, Throwable cause) {
        super(subject, message, cause, true);
    }
}
