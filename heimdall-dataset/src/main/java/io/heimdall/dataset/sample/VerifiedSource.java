package io.heimdall.dataset.sample;

import io.heimdall.features.recording.ByteSource;
import io.heimdall.features.recording.ForwardingSource;
import io.heimdall.files.DigestedChannel;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** A source whose bytes can be compared with their digest after a reader has taken what it needs of them. For one thread. */
final class VerifiedSource implements ForwardingSource {
    private final ByteSource source;
    private SeekableByteChannel opened;

    VerifiedSource(ByteSource source) {
        this.source = source;
    }

    @Override
    public ByteSource source() {
        return source;
    }

    @Override
    public SeekableByteChannel open() throws IOException {
        opened = source.open();
        return opened;
    }

    /**
     * Reads the bytes that the reader has left out, or has not read in order. Local files have been read for their digest before.
     *
     * @throws IOException if the bytes are not those that the digest is of
     */
    void verify() throws IOException {
        if (opened == null || !opened.isOpen()) { // a reader of another library may keep the samples in memory
            try (SeekableByteChannel again = source.open()) {
                verify(again);
            }
        } else {
            verify(opened);
        }
    }

    private static void verify(SeekableByteChannel channel) throws IOException {
        if (channel instanceof DigestedChannel digested) {
            digested.verify();
        }
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
