package io.heimdall.app.jobs;

/** The table or the queue of jobs cannot be used; the message says what was tried. */
public class JobException extends RuntimeException {

    /** Makes one with a message for the user and the cause behind it. */
    public JobException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes one with a message for the user. */
    public JobException(String message) {
        super(message);
    }
}
