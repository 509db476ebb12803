package io.heimdall.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Objects as local files: the part of an object store that readers of recordings need.
 *
 * <p>Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface ObjectFiles {

    /**
     * Makes an object a local file.
     *
     * @param key the object's name
     * @return a file that has the object's content and ends as {@link ObjectKey#name()} does; never to be written to.
     *     Fetched objects of one folder lie in one directory
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws IOException if the store cannot answer
     */
    Path fetch(ObjectKey key) throws IOException;

    /** Returns the same objects to be read by ranges; empty where they are files anyway, or where copies are wanted. */
    default Optional<ObjectRanges> ranges() {
        return Optional.empty();
    }
}
