package io.heimdall.tracking;

/** The server could not be reached or did not do its work: later it may. */
public final class UnavailableException extends TrackingException {

    public UnavailableException(String subject, String message, Throwable cause) {
        super(subject, message, cause, true);
    }
}
