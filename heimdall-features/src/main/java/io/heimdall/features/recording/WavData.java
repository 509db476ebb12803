package io.heimdall.features.recording;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Finds how long the samples of a WAV file are. Programs that write into a pipe or are killed leave a size that is none,
 * sizes beyond 4 GB wrap around, and some programs count wrongly: then samples reach to the end of the file.
 */
final class WavData {
    private static final long OPEN = 0xffff_ffffL;

    /** Behind so many zeros, nothing but zeros is expected: a look at the rest of a large file would take a while. */
    private static final long ZEROS_LOOKED_AT = 1 << 20;

    private final BinaryFile file;
    private final WavChunk chunk;
    private final OptionalLong longSize;
    private final long rest;

    /**
     * Looks at a chunk.
     *
     * @param longSize the size that the {@code ds64} chunk of RF64 and BW64 says
     */
    WavData(BinaryFile file, WavChunk chunk, OptionalLong longSize) {
        this.file = file;
        this.chunk = chunk;
        this.longSize = longSize;
        rest = file.length() - chunk.body();
    }

    /**
     * Returns the size in bytes.
     *
     * @param frameBytes bytes of a sample of all channels
     * @param warnings receives a warning where the file says another size
     */
    long size(int frameBytes, Warnings warnings) throws IOException {
        boolean isLong = longSize.isPresent() && longSize.getAsLong() != 0;
        long size = isLong && holds(longSize.getAsLong())
                ? longSize.getAsLong()
                : chunk.claimed() != OPEN && holds(chunk.claimed()) ? chunk.claimed() : rest;
        boolean shortRight = sameSamples(chunk.claimed(), size, frameBytes) || (isLong && chunk.claimed() == OPEN);
        boolean longRight = !isLong || sameSamples(longSize.getAsLong(), size, frameBytes);
        if (!shortRight || !longRight) {
            warnings.add(warning(isLong, size));
        }
        return size;
    }

    /** Returns the size in bytes of one of many data chunks, as far as the file has it. */
    long sizeOfBlock(long usual, Warnings warnings) {
        if (chunk.claimed() <= rest) {
            return chunk.claimed();
        }
        long size = usual == 0 ? rest : Math.min(usual, rest);
        warnings.add("the size of a data chunk is " + chunk.claimed() + " bytes, the file ends " + rest
                + " bytes after the chunk's beginning: " + size
                + " bytes are read, the file is cut off or damaged there");
        return size;
    }

    private static boolean sameSamples(long claimed, long size, int frameBytes) {
        return claimed >= 0 && claimed / frameBytes == size / frameBytes;
    }

    private String warning(boolean isLong, long size) {
        String read = size + " bytes" + (size == rest ? ", to the end of the file," : "") + " are read";
        boolean unfilled = isLong ? longSize.getAsLong() < 0 : chunk.claimed() == OPEN || chunk.claimed() == 0;
        if (unfilled) {
            return "the size of the samples was never filled in: " + read;
        }
        String said = !isLong
                ? Long.toString(chunk.claimed())
                : chunk.claimed() == OPEN
                        ? Long.toString(longSize.getAsLong())
                        : chunk.claimed() + " (in its ds64 chunk " + longSize.getAsLong() + ")";
        return "the file gives " + said + " bytes as the size of its samples, wrongly: " + read;
    }

    /** Whether the file has so many bytes, and behind them its end, a chunk, or zeros. */
    private boolean holds(long size) throws IOException {
        if (size < 0 || size > rest) {
            return false;
        }
        long end = chunk.body() + size;
        return size == rest
                || WavChunk.followAt(file, WavChunk.after(file, chunk.body(), size))
                || (size > 0 && zeros(file, end));
    }

    /** Whether only zeros stand from a byte to the end of the file. */
    static boolean zeros(BinaryFile file, long position) throws IOException {
        long end = Math.min(file.length(), position + ZEROS_LOOKED_AT);
        for (long at = position; at < end; at++) {
            if (file.u8(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
