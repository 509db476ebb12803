package io.heimdall.dataset;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The data of one station in one session: a recording and its level, a level alone, a bearing, or silence.
 *
 * <p>A measurement without recording, level and bearing says that the station was in service and heard nothing; a station
 * that was not in service has no measurement.
 *
 * @param station the receiver, with its position at that time; a moving receiver has another one in each session
 * @param recorded the recording, where there is one
 * @param levelDb mean received power: of a recording in dB relative to full scale plus its calibration, else as the station
 *     gives it; a recording always has one
 * @param startTime time of the first sample, or of the level, where known
 * @param clockSigmaS standard deviation of {@code startTime} in seconds, above 0; empty where nothing is known of the clock
 * @param bearing where the signal came from, if the station can tell
 */
public record Measurement(
        Station station,
        Optional<Recorded> recorded,
        OptionalDouble levelDb,
        Optional<Instant> startTime,
        OptionalDouble clockSigmaS,
        Optional<Bearing> bearing) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a recording has no level, the level is not finite, or the clock's sigma not positive
     */
    public Measurement {
        Objects.requireNonNull(station, "station");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(bearing, "bearing");
        if (recorded.isPresent() && levelDb.isEmpty()) {
            throw new IllegalArgumentException("the recording " + recorded.get().key() + " has no level");
        }
        if (!Double.isFinite(levelDb.orElse(0))) {
            throw new IllegalArgumentException(
                    "level " + levelDb.getAsDouble() + " dB of station '" + station.name() + "' is not finite");
        }
        double sigma = clockSigmaS.orElse(1);
        if (!(sigma > 0 && Double.isFinite(sigma))) {
            throw new IllegalArgumentException(
                    "clock sigma " + sigma + " s of station '" + station.name() + "' is not positive");
        }
    }

    /**
     * Returns the measurement of a recording.
     *
     * @param levelDb its mean power in dB relative to full scale, plus its calibration
     */
    public static Measurement recorded(Station station, Recorded recording, double levelDb) {
        return new Measurement(
                station,
                Optional.of(recording),
                OptionalDouble.of(levelDb),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Returns a level alone. */
    public static Measurement level(Station station, double levelDb) {
        return new Measurement(
                station,
                Optional.empty(),
                OptionalDouble.of(levelDb),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Returns a bearing alone. */
    public static Measurement bearing(Station station, Bearing bearing) {
        return silence(station).withBearing(bearing);
    }

    /** Returns what a station measures that is in service and hears nothing. */
    public static Measurement silence(Station station) {
        return new Measurement(
                station,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Returns whether the station was in service and heard nothing. */
    public boolean isSilence() {
        return recorded.isEmpty() && levelDb.isEmpty() && bearing.isEmpty();
    }

    /** Returns this measurement at a time. */
    public Measurement at(Instant time) {
        return new Measurement(station, recorded, levelDb, Optional.of(time), clockSigmaS, bearing);
    }

    /** Returns this measurement by a clock whose error has a standard deviation in seconds. */
    public Measurement withClockSigma(double seconds) {
        return new Measurement(station, recorded, levelDb, startTime, OptionalDouble.of(seconds), bearing);
    }

    /** Returns this measurement with a bearing. */
    public Measurement withBearing(Bearing direction) {
        return new Measurement(station, recorded, levelDb, startTime, clockSigmaS, Optional.of(direction));
    }

    /** Returns this measurement with another recording of the same level. */
    public Measurement withRecorded(Recorded other) {
        return new Measurement(station, Optional.of(other), levelDb, startTime, clockSigmaS, bearing);
    }

    /** Returns this measurement of a station that stood elsewhere. */
    public Measurement from(GeoPoint position) {
        return new Measurement(
                new Station(station.name(), position), recorded, levelDb, startTime, clockSigmaS, bearing);
    }
}
