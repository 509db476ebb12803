package io.heimdall.model;

/** Thrown for a fault of training or of a model file that is not the caller's mistake. The message has the remedy. */
public class ModelException extends RuntimeException {
    private final String subject;
    private final boolean passing;

    /** Makes one of a fault that stays until somebody mends it, with a message for the user. */
    public ModelException(String message) {
        this("", message, null, false);
    }

    /** Makes one of a fault that stays until somebody mends it, with a message for the user and the cause behind it. */
    public ModelException(String message, Throwable cause) {
        this("", message, cause, false);
    }

    /**
     * Makes one.
     *
     * @param subject the file or the engine that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it; null where there is none
     * @param mayPassLater whether the same call may succeed later, though the caller changes nothing
     */
    public ModelException(String subject, String message, Throwable cause, boolean mayPassLater) {
        super(message, cause);
        this.subject = subject;
        this.passing = mayPassLater;
    }

    /** Returns the file or the engine that it is about; empty where the message names no single thing. */
    public String subject() {
        return subject;
    }

    /** Returns whether the same call may succeed later, though the caller changes nothing: a server is away, a disk is full. */
    public boolean mayPassLater() {
        return passing;
    }
}
