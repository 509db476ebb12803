package io.heimdall.pipeline.location;

import java.util.List;

/**
 * What {@link SessionLocator} found.
 *
 * @param located sessions, in the order of the table
 * @param others sessions that nothing locates
 * @param corrections the stations' errors by all sessions of known sources, or what a model knows of them
 */
public record Locations(List<LocatedSession> located, List<NotLocated> others, StationCorrections corrections) {

    /** Copies the lists. */
    public Locations {
        located = List.copyOf(located);
        others = List.copyOf(others);
    }

    /**
     * A session that nothing locates.
     *
     * @param sessionId its name
     * @param reason a clause for people
     * @param stations what each has to say
     * @param pairs what the recordings of each two stations say
     */
    public record NotLocated(String sessionId, String reason, List<StationUse> stations, List<PairDelay> pairs) {

        /** Copies the lists. */
        public NotLocated {
            stations = List.copyOf(stations);
            pairs = List.copyOf(pairs);
        }
    }
}
