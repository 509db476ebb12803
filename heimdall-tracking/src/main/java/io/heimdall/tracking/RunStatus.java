package io.heimdall.tracking;

/** The state of a run. */
public enum RunStatus {
    /** Going on, or left behind by a killed process; such a run can be resumed. */
    RUNNING(1),
    /** Waiting for its turn. */
    SCHEDULED(2),
    /** Came to its end. */
    FINISHED(3),
    /** Ended by an error. */
    FAILED(4),
    /** Ended by the user. */
    KILLED(5);

    private final int code;

    RunStatus(int code) {
        this.code = code;
    }

    /** Returns MLflow's number of it. */
    public int code() {
        return code;
    }

    /**
     * Returns the status that MLflow gives a number.
     *
     * @throws TrackingException if there is none of that number
     */
    public static RunStatus of(int code) {
        for (RunStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new TrackingException("run status " + code + " is not in 1.." + values().length);
    }
}
