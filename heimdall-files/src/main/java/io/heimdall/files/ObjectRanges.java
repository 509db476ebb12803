package io.heimdall.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;

/**
 * Objects that are read where they are, by ranges: nothing is copied onto the disk first.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface ObjectRanges {

    /**
     * Returns the present version of an object; one that was replaced a short time ago may count as present.
     *
     * @param key the object's name
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws IOException if the store cannot answer
     */
    ObjectVersion version(ObjectKey key) throws IOException;

    /**
     * Opens a version of an object for reading.
     *
     * @param version from {@link #version}
     * @return its bytes, read only, at position 0, to be closed; for one thread. Who reads all of them in order reads what was
     *     stored, or gets an {@link ObjectStoreException}; so does who reads an object that was replaced
     * @throws IOException if the store cannot answer
     */
    SeekableByteChannel open(ObjectVersion version) throws IOException;

    /**
     * Returns the object of a name in the same folder: the one that is written so, else one whose name differs behind its dot in
     * nothing but upper and lower case, else the one that does not exist.
     *
     * @param key the object beside it
     * @param name the last segment of its key
     * @throws IllegalArgumentException if no object can have such a name
     * @throws IOException if the store cannot answer
     */
    ObjectKey beside(ObjectKey key, String name) throws IOException;
}
