package io.heimdall.dataset;

import java.util.Objects;

/**
 * A receiver and its position. The name is its identity: the same receiver may have another position in each session.
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
