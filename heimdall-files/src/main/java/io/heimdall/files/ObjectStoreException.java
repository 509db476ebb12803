package io.heimdall.files;

import java.io.IOException;

/** Thrown when the object store does not do what was asked. The message names the store, the object and the remedy. */
public final class ObjectStoreException extends IOException {
    private static final long serialVersionUID = 1;
    private final String subject;
    private final boolean passing;
    private final boolean refused;

    /**
     * Makes one.
     *
     * @param subject the object or the bucket that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it; null where there is none
     * @param mayPassLater whether the same call may succeed later, though the caller changes nothing
     */
    public ObjectStoreException(String subject, String message, Throwable cause, boolean mayPassLater) {
        this(subject, message, cause, mayPassLater, false);
    }

    private ObjectStoreException(
            String subject, String message, Throwable cause, boolean mayPassLater, boolean refused) {
        super(message, cause);
        this.subject = subject;
        this.passing = mayPassLater;
        this.refused = refused;
    }

    /**
     * Makes one of a store that denies the access.
     *
     * @param subject the object or the bucket that it is about
     * @param message for the user: what happened to it, and the way out
     * @param cause the fault behind it
     */
    public static ObjectStoreException refused(String subject, String message, Throwable cause) {
        return new ObjectStoreException(subject, message, cause, false, true);
    }

    /** Returns the object or the bucket that it is about. */
    public String subject() {
        return subject;
    }

    /** Returns whether the same call may succeed later, though the caller changes nothing: the server is away or busy. */
    public boolean mayPassLater() {
        return passing;
    }

    /**
     * Returns whether the store denies the access. Servers say so of an object that is missing, too, to callers who may not list the
     * bucket.
     */
    public boolean isRefused() {
        return refused;
    }
}
