package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import io.heimdall.files.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Bearings that KrakenSDRs logged in the CSV of the format "Kraken App", as sessions: one a frequency.
 *
 * <p>A row has no title: the time in milliseconds since 1970, the direction of the highest peak, confidence (0..99), RSSI in dB, frequency in
 * hertz, the array, latency in ms, the station's name, latitude, longitude, the heading by GNSS, the heading by compass, which of both counts
 * ({@code GPS} or {@code Compass}), and more that is not read. The direction is relative to the array's front; what it is relative to
 * north is that plus the heading. Rows of one station within 50 m are one measurement: the mean direction, weighted by confidence, with the
 * given sigma or the directions' spread, whichever is larger. A station that moves is several, named {@code name #2} and so on.
 *
 * @see <a href="https://forum.krakenrf.com/t/krakensdr-api-endpoints-and-documentation/171">KrakenRF, CSV output</a>
 */
public final class KrakenLog {
    /** A file of more bytes is no log of one transmission. */
    private static final long MOST_BYTES = 200_000_000;

    private static final double ONE_PLACE_M = 50;
    private static final double ONE_CHANNEL_HZ = 2000;

    private KrakenLog() {}

    /** How the direction of the highest peak is written. */
    public enum Angles {
        /** Clockwise, 0 at the front of the array: as the documentation says, and as newer software writes {@code 360 - theta_0}. */
        COMPASS,
        /** Counterclockwise, 0 at the front of the array: older software writes the estimate {@code theta_0} as it is. */
        COUNTERCLOCKWISE;

        /** Returns degrees clockwise from the front. */
        double clockwise(double degrees) {
            return this == COMPASS ? degrees : 360 - degrees;
        }

        private Angles reversed() {
            return this == COMPASS ? COUNTERCLOCKWISE : COMPASS;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads logs.
     *
     * @param files one or more, each of one or several stations
     * @param angles how directions are written
     * @param sigmaDegrees the standard deviation of a bearing, degrees, above 0 and at most 180; a log does not tell it
     * @return the sessions; rows that cannot be used are refused with file, line and reason
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file is too long, or the sigma out of its range
     */
    public static LocalSessions read(List<Path> files, Angles angles, double sigmaDegrees) throws IOException {
        new Bearing(0, sigmaDegrees); // checks it
        List<RefusedRow> refused = new ArrayList<>();
        List<KrakenRow> rows = new ArrayList<>();
        for (Path file : files) {
            read(file, rows, refused);
        }
        List<Session> sessions = new ArrayList<>();
        for (List<KrakenRow> channel : channels(rows)) {
            sessions.add(session(channel, angles, sigmaDegrees));
        }
        return new LocalSessions(sessions, refused, List.of(), key -> {
            throw new NoSuchFileException(key.toString());
        });
    }

    private static void read(Path file, List<KrakenRow> rows, List<RefusedRow> refused) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + " has " + Files.size(file)
                    + " bytes; a log of a KrakenSDR of at most " + MOST_BYTES + " is read");
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    rows.add(KrakenRow.parse(lines.get(i)));
                } catch (IllegalArgumentException e) {
                    refused.add(new RefusedRow(i + 1, "", file + ": " + e.getMessage()));
                }
            }
        }
    }

    private static List<List<KrakenRow>> channels(List<KrakenRow> rows) {
        List<KrakenRow> sorted = rows.stream()
                .sorted(Comparator.comparingLong(KrakenRow::frequencyHz))
                .toList();
        List<List<KrakenRow>> channels = new ArrayList<>();
        for (KrakenRow row : sorted) {
            List<KrakenRow> last = channels.isEmpty() ? List.of() : channels.get(channels.size() - 1);
            if (last.isEmpty() || row.frequencyHz() - last.get(0).frequencyHz() > ONE_CHANNEL_HZ) {
                channels.add(new ArrayList<>(List.of(row)));
            } else {
                last.add(row);
            }
        }
        return channels;
    }

    private static Session session(List<KrakenRow> rows, Angles angles, double sigmaDegrees) {
        Map<String, List<List<KrakenRow>>> places = new TreeMap<>();
        rows.stream().sorted(Comparator.comparing(KrakenRow::time)).forEach(row -> {
            List<List<KrakenRow>> of = places.computeIfAbsent(row.station(), name -> new ArrayList<>());
            of.stream()
                    .filter(place -> place.get(0).position().distanceMetres(row.position()) < ONE_PLACE_M)
                    .findFirst()
                    .orElseGet(() -> {
                        of.add(new ArrayList<>());
                        return of.get(of.size() - 1);
                    })
                    .add(row);
        });
        List<Measurement> measurements = new ArrayList<>();
        places.forEach((name, of) -> {
            for (int i = 0; i < of.size(); i++) {
                String station = i == 0 ? name : name + " #" + (i + 1);
                measurements.add(measurement(station, of.get(i), angles, sigmaDegrees));
            }
        });
        long hertz = rows.get(0).frequencyHz();
        Optional<Instant> start = rows.stream().map(KrakenRow::time).min(Comparator.naturalOrder());
        String id = "kraken-" + hertz;
        return new Session(
                ObjectKey.isSegment(id) ? id : "kraken", "", Optional.empty(), hertz, false, start, measurements);
    }

    private static Measurement measurement(String station, List<KrakenRow> rows, Angles angles, double sigmaDegrees) {
        MeanDirection mean = mean(rows, angles);
        MeanDirection mirrored = mean(rows, angles.reversed());
        double sigma = Math.min(180, Math.max(sigmaDegrees, mean.spreadDegrees()));
        return Measurement.bearing(
                        new Station(station, rows.get(0).position()),
                        new Bearing(mean.degrees(), sigma, OptionalDouble.of(mirrored.degrees())))
                .at(rows.get(0).time());
    }

    /** The mean of directions, clockwise from north, and how far they spread about it. */
    private record MeanDirection(double degrees, double spreadDegrees) {}

    private static MeanDirection mean(List<KrakenRow> rows, Angles angles) {
        double east = 0;
        double north = 0;
        double weights = 0;
        for (KrakenRow row : rows) {
            double azimuth = Math.toRadians(angles.clockwise(row.peakDegrees()) + row.headingDegrees());
            double weight = 1 + row.confidence();
            east += weight * Math.sin(azimuth);
            north += weight * Math.cos(azimuth);
            weights += weight;
        }
        double together = Math.min(1, Math.hypot(east, north) / weights);
        return new MeanDirection(
                (Math.toDegrees(Math.atan2(east, north)) + 360) % 360,
                Math.toDegrees(Math.sqrt(-2 * Math.log(Math.max(together, 1e-6)))));
    }
}
