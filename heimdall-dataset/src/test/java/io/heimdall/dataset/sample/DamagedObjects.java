package io.heimdall.dataset.sample;

import io.heimdall.files.DigestedChannel;
import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Objects on a server whose damage only a look at all their bytes shows.
 *
 * @param whole the objects before they were damaged
 */
record DamagedObjects(RemoteObjects whole) implements ObjectFiles, ObjectRanges {

    @Override
    public Path fetch(ObjectKey key) throws IOException {
        return whole.fetch(key);
    }

    @Override
    public Optional<ObjectRanges> ranges() {
        return Optional.of(this);
    }

    @Override
    public ObjectVersion version(ObjectKey key) throws IOException {
        return whole.version(key);
    }

    @Override
    public ObjectKey beside(ObjectKey key, String name) throws IOException {
        return whole.beside(key, name);
    }

    @Override
    public SeekableByteChannel open(ObjectVersion version) throws IOException {
        return new Damaged(whole.open(version));
    }

    private record Damaged(SeekableByteChannel channel) implements DigestedChannel {
        @Override
        public void verify() throws IOException {
            throw new ObjectStoreException("s3://b/k", "it is damaged", null, false);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return channel.write(from);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long to) throws IOException {
            channel.position(to);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            return channel.truncate(size);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
