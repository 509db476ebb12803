package io.heimdall.dataset.split;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import java.time.ZoneOffset;

/** The kind of group whose sessions stay on one side of a split. */
public enum GroupBy {
    /** A transmitter, by its name. */
    SOURCE {
        @Override
        public String groupOf(Session session) {
            return session.sourceName();
        }
    },
    /** A cell of 300 m, by the source's position. */
    CELL {
        @Override
        public String groupOf(Session session) {
            GeoPoint place = session.source()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "session " + session.id() + " has no source position, so it lies in no cell"));
            long row = (long) Math.floor(place.latitude() / CELL_DEGREES);
            double squeeze = Math.max(Math.cos(Math.toRadians((row + 0.5) * CELL_DEGREES)), 1e-6);
            return row + "/" + (long) Math.floor(place.longitude() * squeeze / CELL_DEGREES);
        }
    },
    /** A day in UTC, by the start of the session. */
    DAY {
        @Override
        public String groupOf(Session session) {
            return session.start()
                    .map(start -> start.atZone(ZoneOffset.UTC).toLocalDate().toString())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "session " + session.id() + " has no start time, so it belongs to no day"));
        }
    },
    /** Every session by itself: an honest choice only where no place repeats. */
    SESSION {
        @Override
        public String groupOf(Session session) {
            return session.id();
        }
    };

    /** 300 m in degrees of latitude. */
    private static final double CELL_DEGREES = 300 / 111_195.0;

    /**
     * Returns the name of a session's group.
     *
     * @throws IllegalArgumentException if the session lacks what its group follows from
     */
    public abstract String groupOf(Session session);
}
