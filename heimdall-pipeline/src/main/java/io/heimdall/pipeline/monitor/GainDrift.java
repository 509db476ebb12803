package io.heimdall.pipeline.monitor;

/**
 * The drift of a station's gain since the training.
 *
 * @param station its name
 * @param sessions of known places from which it is estimated
 * @param driftDb estimate, decibels; positive where the station has become louder beside the others
 * @param errorDb standard error, decibels, from groups of sessions
 */
public record GainDrift(String station, int sessions, double driftDb, double errorDb) {
    private static final int FEWEST_SESSIONS = 5;
    private static final double WARNING_DB = 3;
    private static final double ALARM_DB = 6;
    private static final double SIGMAS = 3;

    /** Returns how much it matters: one that is within three standard errors of 0 may be chance. */
    public Warning warning() {
        boolean shown = sessions >= FEWEST_SESSIONS && Math.abs(driftDb) > SIGMAS * errorDb;
        if (!shown || Math.abs(driftDb) < WARNING_DB) {
            return Warning.OK;
        }
        return Math.abs(driftDb) < ALARM_DB ? Warning.WARNING : Warning.ALARM;
    }
}
