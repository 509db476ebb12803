package io.heimdall.features.recording;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One walk over the chunks of a WAV file. */
final class WavChunks {
    /** Two days of a KiwiSDR's blocks. */
    private static final int MAX_CHUNKS = 1 << 23;

    private final BinaryFile file;
    private final Segments segments = new Segments();
    private final Warnings warnings = new Warnings();
    private WavFormat format;
    private KiwiClock kiwi;
    private OptionalLong longSize = OptionalLong.empty();
    private WavTuning tuning = WavTuning.NOTHING;
    private boolean found;
    private long usualBlock;

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

    WavTuning tuning() {
        return tuning;
    }

    List<String> warnings() {
        return warnings.list();
    }

    private void walk() throws IOException {
        long position = 12;
        for (int count = 0; file.length() - position >= WavChunk.HEAD_BYTES; count++) {
            Optional<WavChunk> chunk = count == MAX_CHUNKS ? Optional.empty() : WavChunk.at(file, position);
            if (chunk.isEmpty()) {
                endAt(position);
                break;
            }
            if (!chunk.get().id().equals("data") && !chunk.get().fits(file)) {
                endWithin(chunk.get());
                break;
            }
            long size = read(chunk.get());
            position = WavChunk.after(file, chunk.get().body(), size);
        }
        if (!found) {
            throw file.fault(file.length(), "the end of the file", "a data chunk before");
        }
    }

    /** Other bytes than a chunk: behind the samples they may be anything, before the samples they hide them. */
    private void endAt(long position) throws IOException {
        long bytes = file.length() - position;
        if (!found) {
            throw file.fault(
                    position,
                    bytes + " bytes that are no chunk",
                    "a chunk, and one named data with the samples: the file is damaged");
        }
        if (!WavData.zeros(file, position)) {
            warnings.add("the last " + bytes + " bytes of the file, behind sample " + segments.samples()
                    + ", are no chunk and are left out");
        }
    }

    private void endWithin(WavChunk chunk) throws RecordingFormatException {
        long rest = file.length() - chunk.body();
        if (!found) {
            throw file.fault(
                    chunk.body() - 4,
                    "a chunk '" + chunk.id() + "' that claims " + chunk.claimed() + " bytes",
                    "at most the " + rest + " that the file has from there, and a data chunk behind");
        }
        warnings.add("the file ends within its chunk '" + chunk.id() + "' behind the samples, of which " + rest + " of "
                + chunk.claimed() + " bytes are there: it is cut off, and that chunk left out");
    }

    /** Reads a chunk and returns its size in bytes. */
    private long read(WavChunk chunk) throws IOException {
        long body = chunk.body();
        switch (chunk.id()) {
            case "ds64" -> longSize = chunk.claimed() >= 16 ? OptionalLong.of(file.i64(body + 8)) : longSize;
            case "fmt " -> format(WavFormat.read(file, body, chunk.claimed()), body);
            case "auxi", "rcvr" -> tuning = tuning.or(WavTuning.read(file, chunk, warnings));
            case "kiwi" -> {
                requireFormat(chunk);
                kiwi(body, chunk.claimed());
            }
            case "data" -> {
                requireFormat(chunk);
                return data(chunk);
            }
            default -> {
                // Other chunks say nothing of the samples.
            }
        }
        return chunk.claimed();
    }

    private void format(WavFormat read, long body) throws RecordingFormatException {
        if (format != null && !format.equals(read)) {
            throw file.fault(body - WavChunk.HEAD_BYTES, "a second fmt chunk, which differs from the first", "one");
        }
        format = read;
    }

    private long data(WavChunk chunk) throws IOException {
        WavData data = new WavData(file, chunk, longSize);
        long size = kiwi == null ? data.size(format.frameBytes(), warnings) : data.sizeOfBlock(usualBlock, warnings);
        segments.add(chunk.body(), size / format.frameBytes());
        usualBlock = size;
        longSize = OptionalLong.empty();
        found = true;
        return size;
    }

    private void requireFormat(WavChunk chunk) throws RecordingFormatException {
        if (format == null) {
            throw file.fault(chunk.body() - WavChunk.HEAD_BYTES, "a chunk '" + chunk.id() + "'", "the fmt chunk first");
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
