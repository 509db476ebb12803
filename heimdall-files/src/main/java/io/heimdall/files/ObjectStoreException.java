package io.heimdall.files;

import java.io.IOException;

/** Thrown when the object store does not do what was asked. The message names the store, the object and the remedy. */
public final class ObjectStoreException extends IOException {
    private static final long serialVersionUID = 1;
    private final String subject;
    private final boolean passing;

    /**
     * Makes one.
     *
     * @param subject the object or the bucket that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it; null where there is none
     * @param mayPassLater whether the same call may succeed later, though the caller changes nothing
     */
    public ObjectStoreException(String subject, String message, Throwable cause, boolean mayPassLater) {
        super(message, cause);
        this.subject = subject;
        this.passing = mayPassLater;
    }

    /** Returns the object or the bucket that it is about. */
    public String subject() {
        return subject;
    }

    /** Returns whether the same call may succeed later, though the caller changes nothing: the server is away or busy. */
    public boolean mayPassLater() {
        return passing;
    }
}
