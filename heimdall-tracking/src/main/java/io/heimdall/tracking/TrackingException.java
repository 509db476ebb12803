package io.heimdall.tracking;

/** A run or a model could not be recorded or read; the message names it. Training goes on without. */
public class TrackingException extends RuntimeException {

    /** Makes one with a message for the user. */
    public TrackingException(String message) {
        super(message);
    }

    /** Makes one with a message for the user and the cause behind it. */
    public TrackingException(String message, Throwable cause) {
        super(message, cause);
    }
}
