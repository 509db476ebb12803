package io.heimdall.tracking;

/**
 * Thrown when a run or a model cannot be recorded or read. The message names it. A training continues without the
 * record.
 */
public class TrackingException extends RuntimeException {
    private final String subject;
    private final boolean passing;

    /** Makes one of a fault that stays until somebody mends it, with a message for the user. */
    public TrackingException(String message) {
        this("", message, null, false);
    }

    /** Makes one of a fault that stays until somebody mends it, with a message for the user and the cause behind it. */
    public TrackingException(String message, Throwable cause) {
        this("", message, cause, false);
    }

    /**
     * Makes one.
     *
     * @param subject the run, model or artifact that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it; null where there is none
     * @param mayPassLater whether the same call may succeed later, though the caller changes nothing
     */
    public TrackingException(String subject, String message, Throwable cause, boolean mayPassLater) {
        super(message, cause);
        this.subject = subject;
        this.passing = mayPassLater;
    }

    /** Returns the run, model or artifact that it is about; empty where the message names no single thing. */
    public String subject() {
        return subject;
    }

    /** Returns whether the same call may succeed later, though the caller changes nothing: a server is away, a disk is full. */
    public boolean mayPassLater() {
        return passing;
    }
}
