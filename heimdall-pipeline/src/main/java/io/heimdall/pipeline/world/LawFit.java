package io.heimdall.pipeline.world;

/**
 * A law that was fitted to levels.
 *
 * @param law the mean of the draws
 * @param completed the levels, with those that nobody measured as they were drawn last: stations that were silent have levels as weak as
 *     silence tells, so that what was heard is no biased sample
 */
record LawFit(LevelLaw law, LevelTable completed) {

    /** Returns what the law does not explain of a level, decibels; NaN where the station was not in service. */
    double residual(int session, int station) {
        return completed.hearing()[session][station] == Hearing.OFF
                ? Double.NaN
                : completed.levels()[session][station]
                        - law.stationLevels()[station]
                        - law.slope() * completed.logDistances()[session][station];
    }
}
