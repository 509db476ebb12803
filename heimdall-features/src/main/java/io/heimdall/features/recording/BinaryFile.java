package io.heimdall.features.recording;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * A source, mostly a file, read at any position through one window of 64 KiB; whoever reads beyond its end gets a
 * {@link RecordingFormatException}. Numbers are little endian. Thread-compatible.
 */
final class BinaryFile implements Closeable {
    private static final int WINDOW_BYTES = 1 << 16;

    private final ByteSource source;
    private final SeekableByteChannel channel;
    private final long length;
    private final ByteBuffer window =
            ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long windowStart;

    private BinaryFile(ByteSource source, SeekableByteChannel channel) throws IOException {
        this.source = source;
        this.channel = channel;
        this.length = channel.size();
    }

    /** Opens a source. */
    static BinaryFile open(ByteSource source) throws IOException {
        SeekableByteChannel channel = source.open();
        try {
            return new BinaryFile(source, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    ByteSource source() {
        return source;
    }

    long length() {
        return length;
    }

    int u8(long position) throws IOException {
        return at(position, 1).get(offset(position)) & 0xff;
    }

    int u16(long position) throws IOException {
        return at(position, 2).getShort(offset(position)) & 0xffff;
    }

    long u32(long position) throws IOException {
        return at(position, 4).getInt(offset(position)) & 0xffffffffL;
    }

    long i64(long position) throws IOException {
        return at(position, 8).getLong(offset(position));
    }

    /** Reads text, a byte a character. */
    String ascii(long position, int bytes) throws IOException {
        return new String(bytes(position, bytes), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes(long position, int count) throws IOException {
        requireWithin(position, count);
        byte[] bytes = new byte[count];
        read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Fills what remains of a buffer. */
    void read(long position, ByteBuffer into) throws IOException {
        requireWithin(position, into.remaining());
        long next = position;
        while (into.hasRemaining()) {
            int got = readOnce(next, into);
            if (got < 0) {
                throw new RecordingFormatException(
                        source, next, "the end of a file that was " + length + " bytes when opened", "more bytes");
            }
            next += got;
        }
    }

    /** Returns a stretch of the file as a stream, which leaves the file open. */
    InputStream stream(long position, long bytes) {
        return new InputStream() {
            private long done;

            @Override
            public int read() throws IOException {
                return done == bytes ? -1 : u8(position + done++);
            }

            @Override
            public int read(byte[] out, int offset, int wanted) throws IOException {
                if (done == bytes && wanted > 0) {
                    return -1;
                }
                int count = (int) Math.min(wanted, bytes - done);
                BinaryFile.this.read(position + done, ByteBuffer.wrap(out, offset, count));
                done += count;
                return count;
            }
        };
    }

    RecordingFormatException fault(long position, String found, String expected) {
        return new RecordingFormatException(source, position, found, expected);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A file is read in one call to the system, others in two steps. */
    private int readOnce(long position, ByteBuffer into) throws IOException {
        return channel instanceof FileChannel file
                ? file.read(into, position)
                : channel.position(position).read(into);
    }

    private ByteBuffer at(long position, int bytes) throws IOException {
        requireWithin(position, bytes);
        if (position < windowStart || position + bytes > windowStart + window.limit()) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, length - position));
            windowStart = position;
            try {
                read(position, window);
            } catch (IOException e) {
                window.limit(0);
                throw e;
            }
        }
        return window;
    }

    private int offset(long position) {
        return (int) (position - windowStart);
    }

    private void requireWithin(long position, long bytes) throws RecordingFormatException {
        if (position < 0 || bytes > length - position) {
            throw length == 0
                    ? fault(-1, "an empty file", "a recording")
                    : fault(position, "the end of the file after " + length + " bytes", bytes + " bytes more");
        }
    }
}
