package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A place where bytes of a recording are: a file, an object on a server, a part of the memory. Like a path it holds nothing
 * open, and need not exist.
 *
 * <p>{@code toString()} names it in messages. Immutable and thread-safe.
 */
public interface ByteSource {

    /** Returns the last part of its name, without folders: formats recognise files by it. */
    String name();

    /** Returns whether there is something to open. */
    boolean exists() throws IOException;

    /**
     * Opens it for reading.
     *
     * @return the bytes, read only, at position 0, to be closed; {@code size()} never changes. One thread at a time
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws IOException if it cannot be read, or is no plain file, but a folder for example
     */
    SeekableByteChannel open() throws IOException;

    /**
     * Returns the source of a name in the same folder: the one that is written so, else one whose name differs in nothing but
     * upper and lower case, else the source that does not exist.
     *
     * @param name the last part of its name
     * @throws IOException if the folder cannot be read, or nothing can have such a name here
     */
    ByteSource beside(String name) throws IOException;

    /** Returns the local file that this is; empty where it is none. */
    default Optional<Path> file() {
        return Optional.empty();
    }
}
