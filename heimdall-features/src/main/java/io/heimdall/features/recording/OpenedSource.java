package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

/**
 * A source that was opened for a look at its first bytes, and hands the same channel to the reader: a server is asked once. For
 * one thread.
 */
final class OpenedSource implements ForwardingSource, AutoCloseable {
    private static final int HEAD_BYTES = 64;

    private final ByteSource source;
    private SeekableByteChannel opened;

    OpenedSource(ByteSource source) {
        this.source = source;
    }

    @Override
    public ByteSource source() {
        return source;
    }

    /** Opens the source and returns its first bytes, at most {@value #HEAD_BYTES}; none where there is nothing to open. */
    byte[] head() throws IOException {
        try {
            opened = source.open();
        } catch (NoSuchFileException
                | RecordingFormatException nothing) { // the reader says so, if it needs the source at all
            return new byte[0];
        }
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        while (head.hasRemaining() && opened.read(head) >= 0) {
            continue;
        }
        return Arrays.copyOf(head.array(), head.position());
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        if (opened == null) {
            return source.open();
        }
        SeekableByteChannel handedOut = opened.position(0);
        opened = null;
        return handedOut;
    }

    @Override
    public boolean exists() throws IOException {
        return opened != null || source.exists();
    }

    /** Closes what nobody took. */
    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
