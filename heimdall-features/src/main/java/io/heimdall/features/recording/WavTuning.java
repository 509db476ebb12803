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
 * What radio programs say of a WAV file's samples in chunks of their own.
 *
 * <pre>{@code
 * auxi   SpectraVue, SDR#, HDSDR, SDRuno, Linrad: begin and end as Windows' SYSTEMTIME (16 bytes each), u32 frequency
 *        SDR Console: an XML text in UTF-16
 * rcvr   Perseus, Jaguar, Linrad: u32 frequency, u32 index of the rate, u32 begin in seconds since 1970
 * }</pre>
 *
 * @param centerFrequencyHz the tuned frequency; in the binary chunks modulo 2^32
 * @param startTime begin of the recording, UTC
 */
record WavTuning(OptionalDouble centerFrequencyHz, Optional<Instant> startTime) {
    static final WavTuning NOTHING = new WavTuning(OptionalDouble.empty(), Optional.empty());

    private static final double WRAP_HZ = 0x1p32;
    private static final double NAME_STEP_HZ = 1000;
    private static final int AUXI_BYTES = 36;
    private static final int RCVR_BYTES = 12;
    private static final int MAX_XML_BYTES = 1 << 16;

    /** The year 0 of Windows' clock, which stands for no time. */
    private static final int NO_YEAR = 1601;

    private static final Pattern XML_FREQUENCY = Pattern.compile("\\sRadioCenterFreq=\"(\\d{1,15})\"");
    private static final Pattern XML_SECONDS = Pattern.compile("\\sUTCSeconds=\"(\\d{1,11})\"");

    /** Reads a chunk {@code auxi} or {@code rcvr}; one that is of no known program tells nothing. */
    static WavTuning read(BinaryFile file, WavChunk chunk, Warnings warnings) throws IOException {
        long body = chunk.body();
        if (chunk.id().equals("rcvr") && chunk.claimed() >= RCVR_BYTES) {
            return new WavTuning(positive(file.u32(body)), seconds(file.u32(body + 8)));
        }
        if (!chunk.id().equals("auxi") || chunk.claimed() < AUXI_BYTES) {
            return NOTHING;
        }
        if (file.ascii(body, 4).equals("<\0?\0")) {
            int bytes = (int) Math.min(chunk.claimed(), MAX_XML_BYTES);
            return xml(new String(file.bytes(body, bytes), StandardCharsets.UTF_16LE));
        }
        return new WavTuning(positive(file.u32(body + 32)), systemTime(file, body, warnings));
    }

    /** Returns this, with what the other knows beyond this. */
    WavTuning or(WavTuning other) {
        return new WavTuning(
                centerFrequencyHz.isPresent() ? centerFrequencyHz : other.centerFrequencyHz,
                startTime.or(() -> other.startTime));
    }

    /**
     * Returns the frequency, with the multiple of 2^32 Hz that it lacks where the file's name shows it: names are exact to
     * a kilohertz at least.
     */
    OptionalDouble centerFrequencyHz(OptionalDouble named) {
        if (centerFrequencyHz.isEmpty() || named.isEmpty()) {
            return centerFrequencyHz.isPresent() ? centerFrequencyHz : named;
        }
        double hertz = centerFrequencyHz.getAsDouble();
        double wraps = Math.rint((named.getAsDouble() - hertz) / WRAP_HZ);
        double whole = hertz + wraps * WRAP_HZ;
        boolean same = Math.abs(named.getAsDouble() - whole) < NAME_STEP_HZ;
        return same && hertz < WRAP_HZ ? OptionalDouble.of(whole) : centerFrequencyHz;
    }

    private static Optional<Instant> systemTime(BinaryFile file, long position, Warnings warnings) throws IOException {
        int[] fields = new int[8]; // year, month, day of the week, day, hour, minute, second, millisecond
        for (int i = 0; i < fields.length; i++) {
            fields[i] = file.u16(position + 2L * i);
        }
        if (fields[0] <= NO_YEAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(fields[0], fields[1], fields[3], fields[4], fields[5], fields[6])
                    .plusNanos(fields[7] % 1000 * 1_000_000L)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            warnings.add(String.format(
                    "the auxi chunk gives %d-%02d-%02d %02d:%02d:%02d as the start, which is no time: it is left out",
                    fields[0], fields[1], fields[3], fields[4], fields[5], fields[6]));
            return Optional.empty();
        }
    }

    private static WavTuning xml(String text) {
        Matcher frequency = XML_FREQUENCY.matcher(text);
        Matcher seconds = XML_SECONDS.matcher(text);
        return new WavTuning(
                frequency.find() ? positive(Long.parseLong(frequency.group(1))) : OptionalDouble.empty(),
                seconds.find() ? seconds(Long.parseLong(seconds.group(1))) : Optional.empty());
    }

    private static Optional<Instant> seconds(long since1970) {
        return since1970 > 0 ? Optional.of(Instant.ofEpochSecond(since1970)) : Optional.empty();
    }

    private static OptionalDouble positive(long hertz) {
        return hertz > 0 ? OptionalDouble.of(hertz) : OptionalDouble.empty();
    }
}
