package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A source that passes on to another all that it has no method of its own for; {@code toString()} it writes itself. */
public interface ForwardingSource extends ByteSource {

    /** Returns the source that it passes on to. */
    ByteSource source();

    @Override
    default String name() {
        return source().name();
    }

    @Override
    default boolean exists() throws IOException {
        return source().exists();
    }

    @Override
    default SeekableByteChannel open() throws IOException {
        return source().open();
    }

    @Override
    default ByteSource beside(String name) throws IOException {
        return source().beside(name);
    }

    @Override
    default Optional<Path> file() {
        return source().file();
    }
}
