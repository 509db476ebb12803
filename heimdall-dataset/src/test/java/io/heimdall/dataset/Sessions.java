package io.heimdall.dataset;

import io.heimdall.features.quality.RecordingQuality;
import io.heimdall.files.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Sessions as tests need them. */
public final class Sessions {

    /** A moment with nanoseconds, to see that they survive. */
    public static final Instant START = Instant.parse("2026-11-24T10:15:30.123456789Z");

    private Sessions() {}

    /** An approved session of a known source, heard by two stations. */
    public static Session session(String id) {
        return session(id, "source of " + id, new GeoPoint(45.1, 7.5), true);
    }

    /** A session heard by two stations. */
    public static Session session(String id, String source, GeoPoint position, boolean approved) {
        return new Session(
                id,
                source,
                Optional.ofNullable(position),
                144_300_000L,
                approved,
                Optional.of(START),
                Stream.of("Torino", "Aquila di Giaveno")
                        .map(name -> measurement(id, name))
                        .toList());
    }

    /** One recording of a station with optional values present for Torino and absent for others. */
    public static Measurement measurement(String session, String station) {
        boolean torino = station.equals("Torino");
        Station receiver = new Station(station, torino ? new GeoPoint(45.044, 7.672) : new GeoPoint(45.02, 7.29));
        Recorded file =
                Recorded.at(new ObjectKey(ObjectKey.RECORDINGS, "sessions/" + session + "/" + station + ".npy"));
        return torino
                ? Measurement.recorded(receiver, file.as("npy", 12_000.5).calibrated(-3.25), -60.125)
                        .at(START.plusSeconds(1))
                : Measurement.recorded(receiver, file, -72);
    }

    /** The same measurement of another part of its file. */
    public static Measurement part(Measurement measurement, RecordingPart part) {
        return measurement.withRecorded(measurement.recorded().orElseThrow().withPart(part));
    }

    /** The same session with the quality of each of its measurements, in their order. */
    public static Session measured(Session session, RecordingQuality... qualities) {
        List<Measurement> measured = new ArrayList<>();
        for (int i = 0; i < qualities.length; i++) {
            Measurement measurement = session.measurements().get(i);
            measured.add(measurement.withRecorded(
                    measurement.recorded().orElseThrow().withQuality(Optional.ofNullable(qualities[i]))));
        }
        return session.heardBy(measured);
    }

    /** A quality that differs from others in every number; without a signal-to-noise ratio if that is NaN. */
    public static RecordingQuality quality(double snrDb, double clippedShare) {
        boolean signal = !Double.isNaN(snrDb);
        return new RecordingQuality(
                20_000,
                -60.000_000_1,
                -51.5,
                clippedShare,
                -90.25,
                signal ? OptionalDouble.of(snrDb) : OptionalDouble.empty(),
                signal ? OptionalDouble.of(8_437.5) : OptionalDouble.empty(),
                signal ? OptionalDouble.of(-312.75) : OptionalDouble.empty(),
                3);
    }
}
