package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What radio programs write into a WAV file's {@code auxi} chunk: SDR#, HDSDR, SDRuno and others begin and end as
 * Windows' SYSTEMTIME, then the frequency; SDR Console an XML text in UTF-16.
 *
 * @param centerFrequencyHz the tuned frequency
 * @param startTime begin of the recording, UTC
 */
record WavAuxiliary(OptionalDouble centerFrequencyHz, Optional<Instant> startTime) {
    static final WavAuxiliary NOTHING = new WavAuxiliary(OptionalDouble.empty(), Optional.empty());

    private static final int BINARY_BYTES = 36;
    private static final int MAX_XML_BYTES = 1 << 16;
    private static final Pattern XML_FREQUENCY = Pattern.compile("\\sRadioCenterFreq=\"(\\d{1,15})\"");
    private static final Pattern XML_SECONDS = Pattern.compile("\\sUTCSeconds=\"(\\d{1,11})\"");

    /** Reads a chunk; one that is of no known program tells nothing. */
    static WavAuxiliary read(BinaryFile file, long body, long size) throws IOException {
        if (size < BINARY_BYTES) {
            return NOTHING;
        }
        if (file.ascii(body, 4).equals("<\0?\0")) {
            return xml(new String(file.bytes(body, (int) Math.min(size, MAX_XML_BYTES)), StandardCharsets.UTF_16LE));
        }
        try {
            Instant start = LocalDateTime.of(
                            file.u16(body),
                            file.u16(body + 2),
                            file.u16(body + 6),
                            file.u16(body + 8),
                            file.u16(body + 10),
                            file.u16(body + 12),
                            file.u16(body + 14) % 1000 * 1_000_000)
                    .toInstant(ZoneOffset.UTC);
            return new WavAuxiliary(positive(file.u32(body + 32)), Optional.of(start));
        } catch (DateTimeException e) {
            return NOTHING;
        }
    }

    private static WavAuxiliary xml(String text) {
        Matcher frequency = XML_FREQUENCY.matcher(text);
        Matcher seconds = XML_SECONDS.matcher(text);
        return new WavAuxiliary(
                frequency.find() ? positive(Long.parseLong(frequency.group(1))) : OptionalDouble.empty(),
                seconds.find()
                        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds.group(1))))
                        : Optional.empty());
    }

    private static OptionalDouble positive(long hertz) {
        return hertz > 0 ? OptionalDouble.of(hertz) : OptionalDouble.empty();
    }
}
