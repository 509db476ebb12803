package io.heimdall.features.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What of a SigMF recording's metadata matters for reading its samples; the annotations are passed over. */
record SigmfMeta(
        @JsonProperty("global") Global global,
        @JsonProperty("captures") List<Capture> captures) {
    static final int MAX_BYTES = 64 << 20;

    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(SigmfMeta.class);

    /** The recording as a whole. */
    record Global(
            @JsonProperty("core:datatype") String datatype,
            @JsonProperty("core:sample_rate") Double sampleRateHz,
            @JsonProperty("core:num_channels") Integer channels,
            @JsonProperty("core:offset") long offset,
            @JsonProperty("core:trailing_bytes") long trailingBytes,
            @JsonProperty("core:dataset") String dataset,
            @JsonProperty("core:metadata_only") boolean metadataOnly) {}

    /** One stretch of samples with one frequency and begin. */
    record Capture(
            @JsonProperty("core:sample_start") long sampleStart,
            @JsonProperty("core:header_bytes") long headerBytes,
            @JsonProperty("core:frequency") Double frequencyHz,
            @JsonProperty("core:datetime") String datetime) {}

    /**
     * Parses and checks metadata.
     *
     * @param file for messages
     * @param json the metadata, UTF-8
     */
    static SigmfMeta parse(Path file, byte[] json) throws RecordingFormatException {
        SigmfMeta meta;
        try {
            meta = READER.readValue(json);
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new RecordingFormatException(file, at, e.getOriginalMessage(), "SigMF metadata");
        } catch (IOException e) {
            throw new RecordingFormatException(file, -1, e.getMessage(), "SigMF metadata");
        }
        if (meta == null || meta.global() == null || meta.global().datatype() == null) {
            throw new RecordingFormatException(file, -1, "no core:datatype in global", "SigMF metadata");
        }
        Global global = meta.global();
        require(file, "core:num_channels", meta.channels(), meta.channels() >= 1 && meta.channels() <= 1024, "1..1024");
        require(file, "core:sample_rate", global.sampleRateHz(), isRate(global.sampleRateHz()), "a positive number");
        require(file, "core:trailing_bytes", global.trailingBytes(), global.trailingBytes() >= 0, "0 or more");
        if (global.metadataOnly()) {
            throw new RecordingFormatException(file, -1, "core:metadata_only true", "a recording with samples");
        }
        List<Capture> captures = meta.captures() == null || meta.captures().isEmpty()
                ? List.of(new Capture(global.offset(), 0, null, null))
                : meta.captures();
        if (captures.stream().anyMatch(Objects::isNull)) {
            throw new RecordingFormatException(file, -1, "a capture that is null", "an object");
        }
        return new SigmfMeta(global, captures);
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
            // Some programs write picoseconds, which no Instant holds.
            String nanos = datetime.replaceFirst("(\\.\\d{9})\\d+", "$1");
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
