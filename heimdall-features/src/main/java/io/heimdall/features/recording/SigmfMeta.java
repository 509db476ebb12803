package io.heimdall.features.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.heimdall.features.recording.SigmfReader.Extent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What of a SigMF recording's metadata matters for reading the samples of one capture; all else is passed over. What
 * describes the samples is unknown where it is not understood; what says where they stand, and as what, is required.
 */
final class SigmfMeta {
    private static final int MAX_NAME = 255;
    private static final int MAX_CHANNELS = 1024;
    private static final int MAX_CAPTURES = 100_000;
    private static final long UNKNOWN = -1;
    private static final double MAX_HERTZ = 1e12;
    private static final double MAX_MILLIS = 1e14;
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    private static final String RATE = "core:sample_rate";
    private static final String DATETIME = "core:datetime";
    private static final String ANGEL_RATE = "sdrangel:sample_rate";
    private static final String ANGEL_MILLIS = "sdrangel:tsms";
    private static final String POSITIVE = "a positive number of samples a second";
    private static final Set<String> GLOBAL = Set.of(
            "core:datatype",
            RATE,
            "core:num_channels",
            "core:offset",
            "core:trailing_bytes",
            "core:dataset",
            "core:metadata_only",
            "core:sha512",
            SigmfPlace.KEY,
            "sdrangel:version");
    private static final Set<String> CAPTURE = Set.of(
            "core:sample_start",
            "core:header_bytes",
            "core:frequency",
            DATETIME,
            RATE,
            SigmfPlace.KEY,
            ANGEL_RATE,
            ANGEL_MILLIS);

    /** Where a capture begins: its first sample, and the bytes that stand before it. */
    record Start(long sample, long headerBytes) {}

    private final Path file;
    private final int wanted;
    private final Warnings warnings;
    private JsonFields global;
    private JsonFields capture;
    private List<Start> starts = new ArrayList<>();

    private SigmfMeta(Path file, int wanted, Warnings warnings) {
        this.file = file;
        this.wanted = wanted;
        this.warnings = warnings;
        global = JsonFields.none("global", warnings);
        capture = JsonFields.none("the capture", warnings);
    }

    /**
     * Reads metadata that stand somewhere in a file.
     *
     * @param wanted the capture that is to be read
     */
    static SigmfMeta read(BinaryFile in, Extent extent, int wanted, Warnings warnings) throws IOException {
        SigmfMeta meta = new SigmfMeta(in.path(), wanted, warnings);
        Metadata.read(in, extent, "SigMF metadata", meta::field);
        meta.datatype();
        meta.channels();
        if (meta.starts.isEmpty()) {
            meta.starts.add(new Start(meta.offset(), 0));
        }
        return meta;
    }

    private void field(String name, JsonParser json) throws IOException {
        boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
        if (name.equals("global") && isObject) {
            global = JsonFields.read(json, "global", GLOBAL, warnings);
        } else if (name.equals("captures") && json.currentToken() == JsonToken.START_ARRAY) {
            starts = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                capture(json);
            }
        } else if (name.equals("captures") && json.currentToken() != JsonToken.VALUE_NULL) {
            warnings.add("captures of the metadata is no list: all samples are taken for one capture");
        }
    }

    private void capture(JsonParser json) throws IOException {
        int index = starts.size();
        if (index == MAX_CAPTURES) { // few bytes a capture, an object each
            throw new RecordingFormatException(
                    file, -1, "more than " + MAX_CAPTURES + " captures", "SigMF metadata of one recording");
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new RecordingFormatException(file, -1, "a capture " + index + " that is no object", "an object");
        }
        JsonFields read = JsonFields.read(json, "capture " + index, CAPTURE, warnings);
        starts.add(new Start(
                read.count(file, "core:sample_start", UNKNOWN, 0, Long.MAX_VALUE),
                read.count(file, "core:header_bytes", 0, 0, Long.MAX_VALUE)));
        if (index == wanted) {
            capture = read;
        }
    }

    /** Returns how many captures there are, 1 at least. */
    int captures() {
        return starts.size();
    }

    /** Returns where a capture begins. */
    Start start(int index) throws RecordingFormatException {
        Start start = starts.get(index);
        if (start.sample() != UNKNOWN) {
            return start;
        }
        if (index > 0) {
            throw new RecordingFormatException(
                    file, -1, "a capture " + index + " without core:sample_start", "its first sample");
        }
        return new Start(offset(), start.headerBytes());
    }

    String datatype() throws RecordingFormatException {
        return global.text("core:datatype")
                .orElseThrow(() -> new RecordingFormatException(
                        file, -1, "no core:datatype in global", "SigMF metadata, which say how samples are stored"));
    }

    /** Whether SDRangel made the recording, whose 32-bit integers hold 24 bits. */
    boolean isSdrAngel() {
        return !global.text("sdrangel:version").orElse("").isBlank();
    }

    int channels() throws RecordingFormatException {
        return (int) global.count(file, "core:num_channels", 1, 1, MAX_CHANNELS);
    }

    /** Returns the index that the metadata give to the file's first sample. */
    long offset() throws RecordingFormatException {
        return global.count(file, "core:offset", 0, 0, Long.MAX_VALUE);
    }

    long trailingBytes() throws RecordingFormatException {
        return global.count(file, "core:trailing_bytes", 0, 0, Long.MAX_VALUE);
    }

    /** Returns the checksum of the samples, where digits stand for one. */
    Optional<String> sha512() {
        return Sha512.digits(global, "core:sha512");
    }

    /** Returns the plain name of a dataset that is not named as SigMF's are. */
    Optional<String> dataset() throws RecordingFormatException {
        Optional<String> name = global.text("core:dataset");
        if (name.isPresent() && !isPlainName(name.get())) {
            throw new RecordingFormatException(
                    file, -1, "core:dataset " + name.get(), "the plain name of a file beside the metadata");
        }
        return name;
    }

    /**
     * Refuses metadata that come without samples on purpose.
     *
     * @param present whether there are samples after all, which then count
     */
    void requireSamples(boolean present) throws RecordingFormatException {
        if (!present && global.isTrue("core:metadata_only")) {
            throw new RecordingFormatException(file, -1, "core:metadata_only true", "a recording with samples");
        }
    }

    /** Returns where the capture was made: its own place, or that of the whole recording. */
    Optional<Position> position() {
        return SigmfPlace.of(capture.get(SigmfPlace.KEY).isPresent() ? capture : global);
    }

    /** Returns the sample rate: the one that SDRangel gives the capture, the capture's own, or the recording's. */
    OptionalDouble sampleRateHz() {
        OptionalDouble angel = rate(capture, ANGEL_RATE, "it is left out");
        if (angel.isPresent()) {
            return angel;
        }
        OptionalDouble own = rate(capture, RATE, "that of the whole recording counts");
        OptionalDouble whole = rate(global, RATE, own.isPresent() ? "that of the capture counts" : "it is unknown");
        if (own.isPresent() && whole.isPresent() && own.getAsDouble() != whole.getAsDouble()) {
            warnings.add(RATE + " is " + hertz(whole) + " in global and " + hertz(own) + " in the capture: the latter counts");
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
                ANGEL_MILLIS, ms -> ms >= 0 && ms < MAX_MILLIS, "a number of milliseconds since 1970", "it is left out");
        if (millis.isEmpty() || millis.getAsDouble() == 0) {
            return written;
        }
        Instant angel = Instant.ofEpochMilli((long) millis.getAsDouble());
        if (written.isPresent()
                && Duration.between(written.get(), angel).abs().compareTo(SAME_TIME) <= 0) {
            return written; // the same with more digits
        }
        written.ifPresent(other -> warnings.add(DATETIME + " gives " + other + " as the start, " + ANGEL_MILLIS + " "
                + angel + ": the latter counts"));
        return Optional.of(angel);
    }

    private Optional<Instant> written() {
        Optional<String> text = capture.text(DATETIME);
        Optional<IsoTime> time = text.flatMap(IsoTime::parse);
        if (text.isPresent() && time.isEmpty()) {
            capture.warn(
                    DATETIME, capture.get(DATETIME).get(), "a time such as 2024-01-31T12:00:00Z", "it is unknown");
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

    /** Whether a name from outside stays in the recording's directory, on any system. */
    static boolean isPlainName(String name) {
        return name != null
                && name.length() <= MAX_NAME
                && !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    }

    /** Returns the file of a plain name beside another. */
    static Path sibling(Path file, String name) throws IOException {
        try {
            return Siblings.find(file, name);
        } catch (InvalidPathException e) {
            throw new RecordingFormatException(file, -1, "a file name " + name, "one that this system can have");
        }
    }
}
