package io.heimdall.dataset.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in memory, however long it is: Java maps at most 2 GiB at once.
 *
 * @param file that is mapped
 * @param length bytes
 * @param windows the file's bytes, {@value #WINDOW} in each but the last
 */
record MappedFile(Path file, long length, List<ByteBuffer> windows) {
    private static final int WINDOW_BITS = 30;
    private static final int WINDOW = 1 << WINDOW_BITS;

    static MappedFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            List<ByteBuffer> windows = new ArrayList<>();
            for (long from = 0; from < length; from += WINDOW) {
                windows.add(channel.map(MapMode.READ_ONLY, from, Math.min(WINDOW, length - from)));
            }
            return new MappedFile(file, length, windows);
        }
    }

    /** Returns a part, without a copy unless it lies across two windows. */
    ByteBuffer slice(long offset, int count) throws IOException {
        if (offset < 0 || count > length - offset) {
            throw new EOFException(
                    file + " has " + length + " bytes; " + count + " from byte " + offset + " on are needed");
        }
        int window = (int) (offset >>> WINDOW_BITS);
        int from = (int) (offset & WINDOW - 1);
        ByteBuffer first = windows.get(window);
        if (count <= first.limit() - from) {
            return first.slice(from, count).order(ByteOrder.LITTLE_ENDIAN);
        }
        int before = first.limit() - from;
        return ByteBuffer.allocate(count)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(first.slice(from, before))
                .put(windows.get(window + 1).slice(0, count - before))
                .flip();
    }
}
