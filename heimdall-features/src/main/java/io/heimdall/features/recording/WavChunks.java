package io.heimdall.features.recording;

import java.io.IOException;
import java.util.Optional;

/** One walk over the chunks of a WAV file. */
final class WavChunks {
    /** Two days of a KiwiSDR's blocks. */
    private static final int MAX_CHUNKS = 1 << 23;

    private static final long UNKNOWN = 0xffff_ffffL;

    private final BinaryFile file;
    private final Segments segments = new Segments();
    private WavFormat format;
    private KiwiClock kiwi;
    private long longDataBytes = -1;
    private WavAuxiliary auxiliary = WavAuxiliary.NOTHING;

    private WavChunks(BinaryFile file) {
        this.file = file;
    }

    /** Reads all chunks but the samples. */
    static WavChunks of(BinaryFile file) throws IOException {
        WavChunks chunks = new WavChunks(file);
        chunks.walk();
        return chunks;
    }

    WavFormat format() {
        return format;
    }

    Segments segments() {
        return segments;
    }

    Optional<KiwiClock> kiwi() {
        return Optional.ofNullable(kiwi);
    }

    WavAuxiliary auxiliary() {
        return auxiliary;
    }

    private void walk() throws IOException {
        boolean found = false;
        long position = 12;
        for (int count = 0; file.length() - position >= 8; count++) {
            String id = file.ascii(position, 4);
            if (count == MAX_CHUNKS || !id.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw file.fault(
                        position,
                        file.length() - position + " bytes that are no chunk, after " + count + " chunks",
                        "a chunk or the end of the file: a size before is wrong, or the file is damaged");
            }
            long body = position + 8;
            long size = size(id, position);
            if (size > file.length() - body) {
                throw file.fault(
                        position + 4,
                        "a chunk '" + id + "' that claims " + size + " bytes",
                        "at most the " + (file.length() - body) + " that the file has from there");
            }
            read(id, body, size);
            found |= id.equals("data");
            position = body + size + (size & 1);
        }
        if (!found) {
            throw file.fault(file.length(), "the end of the file", "a data chunk before");
        }
    }

    private void read(String id, long body, long size) throws IOException {
        switch (id) {
            case "ds64" -> longDataBytes = size >= 16 ? file.i64(body + 8) : -1;
            case "fmt " -> {
                if (format != null) {
                    throw file.fault(body - 8, "a second fmt chunk", "one");
                }
                format = WavFormat.read(file, body, size);
            }
            case "auxi" -> auxiliary = WavAuxiliary.read(file, body, size);
            case "kiwi" -> {
                requireFormat(id, body);
                kiwi(body, size);
            }
            case "data" -> {
                requireFormat(id, body);
                segments.add(body, size / format.frameBytes());
            }
            default -> {
                // Other chunks say nothing of the samples.
            }
        }
    }

    /**
     * Returns a chunk's size. Programs that write into a pipe cannot come back to fill it in and leave all ones, or
     * zero in both the file's and the data's header: such data goes on to the end of the file.
     */
    private long size(String id, long position) throws IOException {
        long size = file.u32(position + 4);
        if (!id.equals("data")) {
            return size;
        }
        long rest = file.length() - position - 8;
        if (size == UNKNOWN) {
            boolean isLong = !file.ascii(0, 4).equals("RIFF") && longDataBytes != -1 && longDataBytes != 0;
            if (isLong && (longDataBytes > rest || longDataBytes < 0)) {
                throw file.fault(
                        position + 4,
                        "a chunk 'data' that claims " + Long.toUnsignedString(longDataBytes) + " bytes (in ds64)",
                        "at most the " + rest + " that the file has from there");
            }
            return isLong ? longDataBytes : rest;
        }
        long whole = file.u32(4);
        return size == 0 && segments.count() == 0 && (whole == 0 || whole == UNKNOWN) ? rest : size;
    }

    private void requireFormat(String id, long body) throws RecordingFormatException {
        if (format == null) {
            throw file.fault(body - 8, "a chunk '" + id + "'", "the fmt chunk first");
        }
    }

    private void kiwi(long body, long size) throws IOException {
        if (size >= 10 && format.sampleRateHz() > 0) {
            if (kiwi == null) {
                kiwi = new KiwiClock(format.sampleRateHz());
            }
            kiwi.stamp(segments.samples(), file.u8(body), file.u32(body + 2), file.u32(body + 6));
        }
    }
}
