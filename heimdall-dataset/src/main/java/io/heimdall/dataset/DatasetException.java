package io.heimdall.dataset;

/** The catalogue or the workspace cannot do what was asked; the message names it and the way out. */
public class DatasetException extends RuntimeException {

    /**
     * Without a cause.
     *
     * @param message what happened to what, and the way out
     */
    public DatasetException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message what happened to what, and the way out
     * @param cause the fault below
     */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
