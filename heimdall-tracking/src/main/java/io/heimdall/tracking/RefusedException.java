package io.heimdall.tracking;

/** Thrown when the server understands a call and refuses it. A retry would not help. */
public final class RefusedException extends TrackingException {
    private final String code;

    public RefusedException(String subject, String message, String code) {
        super(subject, message, null, false);
        this.code = code;
    }

    /** Returns whether MLflow gave this reason, such as {@code RESOURCE_ALREADY_EXISTS}. */
    public boolean is(String reason) {
        return code.equals(reason);
    }
}
