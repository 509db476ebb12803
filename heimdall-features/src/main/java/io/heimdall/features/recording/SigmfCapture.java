package io.heimdall.features.recording;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What SigMF metadata say of the samples of a capture; unknown, with a warning, where that is not understood. */
final class SigmfCapture {
    static final String RATE = "core:sample_rate";

    private static final double MAX_HERTZ = 1e12;
    private static final double MAX_MILLIS = 1e14;
    private static final Duration SAME_TIME = Duration.ofSeconds(1);
    private static final String DATETIME = "core:datetime";
    private static final String ANGEL_RATE = "sdrangel:sample_rate";
    private static final String ANGEL_MILLIS = "sdrangel:tsms";
    private static final String POSITIVE = "a positive number of samples a second";

    /** The fields of a capture that matter. */
    static final Set<String> FIELDS = Set.of(
            "core:sample_start",
            "core:header_bytes",
            "core:frequency",
            DATETIME,
            RATE,
            SigmfPlace.KEY,
            ANGEL_RATE,
            ANGEL_MILLIS);

    private final JsonFields global;
    private final JsonFields capture;
    private final Warnings warnings;

    SigmfCapture(JsonFields global, JsonFields capture, Warnings warnings) {
        this.global = global;
        this.capture = capture;
        this.warnings = warnings;
    }

    /** Returns where the capture was made: its own place, or that of the whole recording. */
    Optional<Position> position() {
        return SigmfPlace.of(capture.get(SigmfPlace.KEY).isPresent() ? capture : global);
    }

    /** Returns the sample rate: the one that SDRangel gives the capture, the capture's own, or the recording's. */
    OptionalDouble sampleRateHz() {
        OptionalDouble angel =
                capture.number(ANGEL_RATE, hertz -> hertz >= 0 && hertz < MAX_HERTZ, POSITIVE, "it is left out");
        if (angel.orElse(0) > 0) {
            return angel;
        }
        OptionalDouble own = rate(capture, RATE, "that of the whole recording counts");
        OptionalDouble whole = rate(global, RATE, own.isPresent() ? "that of the capture counts" : "it is unknown");
        if (own.isPresent() && whole.isPresent() && own.getAsDouble() != whole.getAsDouble()) {
            warnings.add(RATE + " is " + hertz(whole) + " in global and " + hertz(own)
                    + " in the capture: the latter is used");
        }
        return own.isPresent() ? own : whole;
    }

    /** Returns the frequency of the capture, which may be 0 or, from a converter's far side, negative. */
    OptionalDouble frequencyHz() {
        return capture.number(
                "core:frequency",
                hertz -> Math.abs(hertz) < MAX_HERTZ,
                "a number of hertz",
                "the centre frequency is unknown");
    }

    /** Returns the begin of the capture. SDRangel keeps it in milliseconds too, which it prefers. */
    Optional<Instant> startTime() {
        Optional<Instant> written = written();
        OptionalDouble millis = capture.number(
                ANGEL_MILLIS,
                ms -> ms >= 0 && ms < MAX_MILLIS,
                "a number of milliseconds since 1970",
                "it is left out");
        if (millis.isEmpty() || millis.getAsDouble() == 0) {
            return written;
        }
        Instant angel = Instant.ofEpochMilli((long) millis.getAsDouble());
        if (written.isPresent() && Duration.between(written.get(), angel).abs().compareTo(SAME_TIME) <= 0) {
            return written; // the same with more digits
        }
        written.ifPresent(other -> warnings.add(DATETIME + " gives " + other + " as the start, " + ANGEL_MILLIS + " "
                + angel + ": the latter is used"));
        return Optional.of(angel);
    }

    private Optional<Instant> written() {
        Optional<String> text = capture.text(DATETIME);
        Optional<IsoTime> time = text.flatMap(IsoTime::parse);
        if (text.isPresent() && time.isEmpty()) {
            capture.warn(DATETIME, capture.get(DATETIME).get(), "a time such as 2024-01-31T12:00:00Z", "it is unknown");
        }
        if (time.isPresent() && !time.get().zoned()) {
            warnings.add(DATETIME + " " + text.get().strip() + " has no time zone: UTC is taken");
        }
        return time.map(IsoTime::instant);
    }

    private static OptionalDouble rate(JsonFields fields, String key, String instead) {
        return fields.number(key, hertz -> hertz > 0 && hertz < MAX_HERTZ, POSITIVE, instead);
    }

    private static String hertz(OptionalDouble value) {
        return BigDecimal.valueOf(value.getAsDouble()).stripTrailingZeros().toPlainString();
    }
}
