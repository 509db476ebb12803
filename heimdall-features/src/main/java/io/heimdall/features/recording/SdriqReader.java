package io.heimdall.features.recording;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32;

/**
 * Reads SDRangel's {@code .sdriq}: a header of 32 bytes, then pairs I, Q of 16 bits, or of 24 in the lower part of 32.
 *
 * <pre>{@code
 *  0 u32 samples a second     4 u64 centre frequency, Hz     12 u64 begin, ms since 1970 (s before version 6.16.2)
 * 20 u32 16 or 24 bits       24 u32 zero                     28 u32 CRC-32 of the bytes before
 * }</pre>
 *
 * <p>Versions of the summer of 2020 write the header twice, when the file is opened and when the first samples come: the
 * second one counts.
 *
 * @see <a href="https://github.com/f4exb/sdrangel/blob/master/plugins/samplesource/fileinput/readme.md">The format</a>
 */
final class SdriqReader implements RecordingReader {
    private static final int HEADER_BYTES = 32;

    /** As seconds the year 5138, as milliseconds March 1973: tells the two apart. */
    private static final long MILLIS_FROM = 100_000_000_000L;

    @Override
    public String format() {
        return "sdriq";
    }

    @Override
    public boolean recognises(ByteSource file, byte[] head) {
        return file.name().toLowerCase(Locale.ROOT).endsWith(".sdriq");
    }

    @Override
    public Recording open(ByteSource source, ReadOptions options) throws IOException {
        return RecordingFiles.reading(source, file -> {
            RecordingFiles.requireChannel(file, options, 1);
            requireHeader(file);
            long header = isHeader(file, HEADER_BYTES) ? HEADER_BYTES : 0;
            long rate = file.u32(header);
            long hertz = file.i64(header + 4);
            long bits = file.u32(header + 20);
            if (bits != 16 && bits != 24) {
                throw file.fault(header + 20, "samples of " + bits + " bits", "16 or 24");
            }
            SampleFormat numbers =
                    SampleFormat.little(bits == 16 ? SampleFormat.Type.S16 : SampleFormat.Type.S24_IN_32);
            SampleLayout layout = SampleLayout.interleaved(numbers, true, 1);
            long data = header + HEADER_BYTES;
            RecordingInfo info = new RecordingInfo(
                            format(),
                            true,
                            (file.length() - data) / layout.stride(),
                            options.sampleRateHz().isPresent() || rate == 0
                                    ? options.sampleRateHz()
                                    : OptionalDouble.of(rate),
                            hertz > 0 ? OptionalDouble.of(hertz) : OptionalDouble.empty(),
                            startTime(file.i64(header + 12)))
                    .withBits(numbers.bits());
            return new FileRecording(file, info, layout, Segments.single(data, info.samples()));
        });
    }

    private static void requireHeader(BinaryFile file) throws IOException {
        if (file.length() < HEADER_BYTES) {
            throw file.fault(-1, file.length() + " bytes", "a header of " + HEADER_BYTES + " bytes and samples");
        }
        if (!isHeader(file, 0)) {
            throw file.fault(
                    -1,
                    "a header that its checksum does not agree with",
                    "the header of an .sdriq file, undamaged (since version 4.2.1 of SDRangel; samples alone are read with"
                            + " --format cs16 and --rate)");
        }
    }

    private static boolean isHeader(BinaryFile file, long position) throws IOException {
        if (file.length() - position < HEADER_BYTES) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(file.bytes(position, HEADER_BYTES - 4));
        return file.u32(position + HEADER_BYTES - 4) == crc.getValue();
    }

    private static Optional<Instant> startTime(long stamp) {
        if (stamp <= 0 || stamp > 100 * MILLIS_FROM) {
            return Optional.empty();
        }
        return Optional.of(stamp < MILLIS_FROM ? Instant.ofEpochSecond(stamp) : Instant.ofEpochMilli(stamp));
    }
}
