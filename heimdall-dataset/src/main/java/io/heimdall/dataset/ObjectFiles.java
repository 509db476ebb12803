package io.heimdall.dataset;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Objects as local files: all that who reads recordings needs to know of a store.
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

    /**
     * Makes a recording a local file. One of SigMF is two objects: the metadata, which is named, and the samples, which then lie
     * beside it.
     *
     * @param key the recording's name
     * @return as {@link #fetch}; where the samples are missing, the reader of the metadata says so
     * @throws IOException as {@link #fetch} does
     */
    default Path fetchRecording(ObjectKey key) throws IOException {
        String meta = ".sigmf-meta";
        if (key.name().endsWith(meta)) {
            String base = key.name().substring(0, key.name().length() - meta.length());
            try {
                fetch(key.sibling(base + ".sigmf-data"));
            } catch (NoSuchFileException absent) {
                return fetch(key);
            }
        }
        return fetch(key);
    }
}
