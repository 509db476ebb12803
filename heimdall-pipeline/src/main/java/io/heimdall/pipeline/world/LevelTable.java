package io.heimdall.pipeline.world;

import java.util.stream.IntStream;

/**
 * The levels of recorded sessions, each array by session and station.
 *
 * @param levels decibels; looked at where a station heard the session
 * @param logDistances {@link LevelLaw#logDistance} between transmitter and station; any number where the station was not in service
 * @param hearing what each station says
 */
record LevelTable(double[][] levels, double[][] logDistances, Hearing[][] hearing) {

    int sessions() {
        return levels.length;
    }

    int stations() {
        return levels.length == 0 ? 0 : levels[0].length;
    }

    boolean heard(int session, int station) {
        return hearing[session][station] == Hearing.HEARD;
    }

    long count(int station, Hearing what) {
        return IntStream.range(0, sessions())
                .filter(session -> hearing[session][station] == what)
                .count();
    }
}
