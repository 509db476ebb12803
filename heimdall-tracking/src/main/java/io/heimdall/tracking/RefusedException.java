package io.heimdall.tracking;

/** The server understood a call and will not do it: trying again would not help. */
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
