package io.heimdall.app.jobs;

/** Thrown when a submission's settings are valid by themselves but cannot be used here and now. */
public final class SubmissionRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Why a submission is refused. */
    public enum Reason {
        /** The settings name a station, a session, a training dataset or a backend that is not there. */
        NOT_THERE,
        /** The idempotency key made a job with other settings. */
        KEY_IN_USE
    }

    private final Reason reason;

    SubmissionRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
