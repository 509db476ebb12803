package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated session with its true values.
 *
 * @param id of the session in catalogue and object store
 * @param number of the session in its simulation, from 0
 * @param sourceName name of the transmitter
 * @param source where it stood
 * @param powerDbm its radiated power, averaged over the recording
 * @param frequencyHz of the channel, to which the stations are tuned
 * @param carrierOffsetHz the transmitter's carrier minus {@code frequencyHz}
 * @param modulation of the transmitter
 * @param start of the session: time stamp of all recordings, unless their {@link Timing} begins later
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

    /**
     * A session's name.
     *
     * @param seed of the simulation
     * @param number of the session
     */
    record Name(long seed, long number) {
        private static final Pattern PARTS = Pattern.compile("sim-(\\d{1,19})-(\\d{6,18})");

        /** Reads a name; empty if it is of no simulated session. */
        static Optional<Name> of(String id) {
            Matcher parts = PARTS.matcher(id);
            return parts.matches()
                    ? Optional.of(new Name(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        }
    }

    /** Returns whether a session's id is one that a simulation gives. */
    public static boolean isSimulated(String id) {
        return Name.of(id).isPresent();
    }

    /** Copies the list. */
    public Transmission {
        links = List.copyOf(links);
    }

    /** Returns the time stamp of a station's recording. */
    Instant start(int station, double sampleRateHz) {
        int samples = links.get(station).timing().startSamples();
        return start.plusNanos(Math.round(samples / sampleRateHz * 1e9));
    }

    /** Returns the id of a session. The seed is part of it: simulations of several seeds share a workspace. */
    public static String id(long seed, long number) {
        return String.format(Locale.ROOT, "sim-%d-%06d", seed, number);
    }

    /** Returns the number of the session that has an id; empty where it is no session of the seed. */
    public static OptionalLong number(long seed, String id) {
        String begin = "sim-" + seed + "-";
        if (!id.startsWith(begin)) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(id.substring(begin.length()));
            return number >= 0 && id(seed, number).equals(id) ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (NumberFormatException othersId) {
            return OptionalLong.empty();
        }
    }
}
