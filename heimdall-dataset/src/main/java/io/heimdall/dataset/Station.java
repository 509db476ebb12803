package io.heimdall.dataset;

import java.util.Objects;

/**
 * A receiver, and where it stands. Its name is its identity: the same receiver may stand elsewhere in each session.
 *
 * @param name not blank, unique in a catalogue
 * @param position where its antenna stands
 */
public record Station(String name, GeoPoint position) {

    /** Checks that the name is there. */
    public Station {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a station needs a name, found '" + name + "'");
        }
        Objects.requireNonNull(position, "position");
    }
}
