package io.heimdall.model;

/** A fault of training or of a model file that is not the caller's mistake; the message says what to do. */
public class ModelException extends RuntimeException {

    /** Makes one with a message for the user. */
    public ModelException(String message) {
        super(message);
    }

    /** Makes one with a message for the user and the cause behind it. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
