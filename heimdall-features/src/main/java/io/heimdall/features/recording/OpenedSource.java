package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A source that was opened for a look at its first bytes, and hands the same channel to the reader: a server is asked once. For
 * one thread.
 */
final class OpenedSource implements ByteSource, AutoCloseable {
    private static final int HEAD_BYTES = 64;

    private final ByteSource source;
    private SeekableByteChannel opened;

    OpenedSource(ByteSource source) {
        this.source = source;
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
    public String name() {
        return source.name();
    }

    @Override
    public boolean exists() throws IOException {
        return opened != null || source.exists();
    }

    @Override
    public ByteSource beside(String name) throws IOException {
        return source.beside(name);
    }

    @Override
    public Optional<Path> file() {
        return source.file();
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
