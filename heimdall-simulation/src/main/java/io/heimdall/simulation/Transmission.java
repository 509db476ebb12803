package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A simulated session, as it truly was.
 *
 * @param id of the session in catalogue and object store
 * @param number of the session in its simulation, from 0
 * @param sourceName name of the transmitter
 * @param source where it stood
 * @param powerDbm its radiated power, averaged over the recording
 * @param frequencyHz of the channel, to which the stations are tuned
 * @param carrierOffsetHz the transmitter's carrier minus {@code frequencyHz}
 * @param modulation what it sent
 * @param start time stamp of all recordings
 * @param links one per station of the world, in its order
 */
public record Transmission(
        String id,
        long number,
        String sourceName,
        GeoPoint source,
        double powerDbm,
        long frequencyHz,
        double carrierOffsetHz,
        Modulation modulation,
        Instant start,
        List<Link> links) {

    /** Copies the list. */
    public Transmission {
        links = List.copyOf(links);
    }

    /** Returns the id of a session. The seed is part of it: simulations of several seeds share a workspace. */
    static String id(long seed, long number) {
        return String.format(Locale.ROOT, "sim-%d-%06d", seed, number);
    }
}
