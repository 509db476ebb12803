package io.heimdall.tracking;

/** The server could not be reached or did not do its work: later it may. */
final class UnavailableException extends TrackingException {

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
