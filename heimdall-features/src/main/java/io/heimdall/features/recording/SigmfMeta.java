package io.heimdall.features.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What of a SigMF recording's metadata matters for reading its samples; the annotations are passed over. */
record SigmfMeta(
        @JsonProperty("global") Global global,
        @JsonProperty("captures") Captures captures) {
    private static final int MAX_BYTES = 64 << 20;
    private static final int MAX_NAME = 255;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(1 << 16)
                            .maxNestingDepth(100)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The recording as a whole. */
    record Global(
            @JsonProperty("core:datatype") String datatype,
            @JsonProperty("core:sample_rate") Double sampleRateHz,
            @JsonProperty("core:num_channels") Integer channels,
            @JsonProperty("core:offset") long offset,
            @JsonProperty("core:trailing_bytes") long trailingBytes,
            @JsonProperty("core:dataset") String dataset,
            @JsonProperty("core:metadata_only") boolean metadataOnly,
            @JsonProperty("core:sha512") String sha512,
            @JsonProperty("core:geolocation") Geolocation geolocation) {}

    /** One stretch of samples with one frequency and begin. */
    record Capture(
            @JsonProperty("core:sample_start") long sampleStart,
            @JsonProperty("core:header_bytes") long headerBytes,
            @JsonProperty("core:frequency") Double frequencyHz,
            @JsonProperty("core:datetime") String datetime,
            @JsonProperty("core:geolocation") Geolocation geolocation) {}

    /** GeoJSON: longitude, latitude and perhaps altitude of a point. */
    record Geolocation(
            @JsonProperty("type") String type,
            @JsonProperty("coordinates") Coordinates coordinates) {}

    static final class Captures extends Bounded<Capture> {
        Captures() {
            super(100_000, "captures");
        }
    }

    static final class Coordinates extends Bounded<Double> {
        Coordinates() {
            super(3, "coordinates");
        }
    }

    /** Reads and checks metadata that stand somewhere in a file. */
    static SigmfMeta read(BinaryFile in, SigmfReader.Extent extent) throws IOException {
        SigmfMeta meta = parse(in, extent, SigmfMeta.class, "SigMF metadata");
        Path file = in.path();
        if (meta == null || meta.global() == null || meta.global().datatype() == null) {
            throw new RecordingFormatException(file, -1, "no core:datatype in global", "SigMF metadata");
        }
        Global global = meta.global();
        require(file, "core:num_channels", meta.channels(), meta.channels() >= 1 && meta.channels() <= 1024, "1..1024");
        require(file, "core:sample_rate", global.sampleRateHz(), isRate(global.sampleRateHz()), "a positive number");
        require(file, "core:trailing_bytes", global.trailingBytes(), global.trailingBytes() >= 0, "0 or more");
        require(file, "core:offset", global.offset(), global.offset() >= 0, "0 or more");
        if (meta.captures() != null && meta.captures().stream().anyMatch(Objects::isNull)) {
            throw new RecordingFormatException(file, -1, "a capture that is null", "an object");
        }
        if (meta.captures() != null && !meta.captures().isEmpty()) {
            return meta;
        }
        Captures whole = new Captures();
        whole.add(new Capture(global.offset(), 0, null, null, null));
        return new SigmfMeta(global, whole);
    }

    /**
     * Parses JSON that stands somewhere in a file.
     *
     * @param what for messages
     */
    static <T> T parse(BinaryFile file, SigmfReader.Extent extent, Class<T> type, String what) throws IOException {
        if (extent.bytes() > MAX_BYTES) {
            throw file.fault(extent.position(), "metadata of " + extent.bytes() + " bytes", "at most " + MAX_BYTES);
        }
        byte[] json = file.bytes(extent.position(), (int) extent.bytes());
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw file.fault(at < 0 ? -1 : extent.position() + at, e.getOriginalMessage(), what);
        } catch (IOException e) {
            throw file.fault(-1, e.getMessage(), what);
        }
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
    static Path sibling(Path file, String name) throws RecordingFormatException {
        try {
            return file.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new RecordingFormatException(file, -1, "a file name " + name, "one that this system can have");
        }
    }

    /** Returns the plain name of a dataset that is not named as SigMF's are. */
    Optional<String> dataset(Path file) throws RecordingFormatException {
        String name = global.dataset();
        require(file, "core:dataset", name, name == null || isPlainName(name), "the plain name of a file");
        return Optional.ofNullable(name);
    }

    /**
     * Refuses metadata that come without samples on purpose.
     *
     * @param present whether there are samples after all, which then count
     */
    void requireSamples(Path file, boolean present) throws RecordingFormatException {
        require(file, "core:metadata_only", true, present || !global.metadataOnly(), "a recording with samples");
    }

    /** Returns where a capture was made. */
    Optional<Position> position(Path file, int capture) throws RecordingFormatException {
        Geolocation own = captures.get(capture).geolocation();
        Geolocation point = own != null ? own : global.geolocation();
        if (point == null) {
            return Optional.empty();
        }
        Coordinates at = point.coordinates();
        require(
                file,
                "core:geolocation",
                point.type() + " " + at,
                "Point".equals(point.type())
                        && at != null
                        && at.size() >= 2
                        && at.stream().allMatch(c -> c != null && Double.isFinite(c))
                        && Math.abs(at.get(0)) <= 180
                        && Math.abs(at.get(1)) <= 90,
                "a Point of longitude and latitude in degrees, and perhaps altitude");
        OptionalDouble altitude = at.size() > 2 ? OptionalDouble.of(at.get(2)) : OptionalDouble.empty();
        return Optional.of(new Position(at.get(1), at.get(0), altitude));
    }

    int channels() {
        return global.channels() == null ? 1 : global.channels();
    }

    OptionalDouble sampleRateHz() {
        return global.sampleRateHz() == null ? OptionalDouble.empty() : OptionalDouble.of(global.sampleRateHz());
    }

    /** Returns the frequency of a capture, which may be 0 or, from a converter's far side, negative. */
    OptionalDouble frequencyHz(int capture) {
        Double hertz = captures.get(capture).frequencyHz();
        return hertz == null || !Double.isFinite(hertz) ? OptionalDouble.empty() : OptionalDouble.of(hertz);
    }

    /** Returns the begin of a capture. */
    Optional<Instant> startTime(Path file, int capture) throws RecordingFormatException {
        String datetime = captures.get(capture).datetime();
        if (datetime == null) {
            return Optional.empty();
        }
        try {
            // An Instant holds neither picoseconds, which some programs write, nor a leap second.
            String nanos = datetime.replaceFirst("(\\.\\d{9})\\d+", "$1").replaceFirst(":60(?=[.Z])", ":59");
            return Optional.of(OffsetDateTime.parse(nanos).toInstant());
        } catch (DateTimeException e) {
            throw new RecordingFormatException(
                    file, -1, "core:datetime " + datetime, "a time such as 2024-01-31T12:00:00Z");
        }
    }

    private static boolean isRate(Double hertz) {
        return hertz == null || (hertz > 0 && Double.isFinite(hertz));
    }

    private static void require(Path file, String key, Object value, boolean holds, String expected)
            throws RecordingFormatException {
        if (!holds) {
            throw new RecordingFormatException(file, -1, key + " " + value, expected);
        }
    }
}
