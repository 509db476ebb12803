package io.heimdall.pipeline;

/** Thrown when a training or an evaluation cannot continue. The message has the reason and the remedy. */
public class PipelineException extends RuntimeException {
    private final String subject;
    private final boolean passing;

    /** Makes one of a fault that stays until somebody mends it, with a message for the user. */
    public PipelineException(String message) {
        this("", message, null, false);
    }

    /** Makes one of a fault that stays until somebody mends it, with a message for the user and the cause behind it. */
    public PipelineException(String message, Throwable cause) {
        this("", message, cause, false);
    }

    /**
     * Makes one.
     *
     * @param subject the run, model or file that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it; null where there is none
     * @param mayPassLater whether the same call may succeed later, though the caller changes nothing
     */
    public PipelineException(String subject, String message, Throwable cause, boolean mayPassLater) {
        super(message, cause);
        this.subject = subject;
        this.passing = mayPassLater;
    }

    /** Returns the run, model or file that it is about; empty where the message names no single thing. */
    public String subject() {
        return subject;
    }

    /** Returns whether the same call may succeed later, though the caller changes nothing: a server is away, a disk is full. */
    public boolean mayPassLater() {
        return passing;
    }
}
