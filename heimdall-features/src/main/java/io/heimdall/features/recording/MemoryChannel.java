package io.heimdall.features.recording;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A buffer as a channel that can only be read. */
final class MemoryChannel implements SeekableByteChannel {
    private final ByteBuffer bytes;
    private long position;
    private boolean closed;

    MemoryChannel(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) throws ClosedChannelException {
        requireOpen();
        if (position >= bytes.capacity()) {
            return -1;
        }
        int count = Math.min(into.remaining(), bytes.capacity() - (int) position);
        into.put(bytes.duplicate().position((int) position).limit((int) position + count));
        position += count;
        return count;
    }

    @Override
    public long position() throws ClosedChannelException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws ClosedChannelException {
        requireOpen();
        if (to < 0) {
            throw new IllegalArgumentException("position " + to + " is negative");
        }
        position = to;
        return this;
    }

    @Override
    public long size() throws ClosedChannelException {
        requireOpen();
        return bytes.capacity();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }
}
