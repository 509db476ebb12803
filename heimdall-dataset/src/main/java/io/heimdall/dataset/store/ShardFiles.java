package io.heimdall.dataset.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The storage below a feature store: files that are never changed, such as the files of a directory or the objects of a bucket.
 *
 * <p>Implementations are safe for use by several threads, and readers see a file either whole or not at all.
 */
public interface ShardFiles {

    /**
     * Returns the names of the files; others, such as unfinished ones, may be among them.
     *
     * @return in any order; empty where nothing was written yet
     * @throws IOException if the storage cannot answer
     */
    List<String> list() throws IOException;

    /**
     * Reads a part of a file.
     *
     * @param name of the file
     * @param offset of the first byte
     * @param length number of bytes, at least 1
     * @return little-endian, position 0, {@code length} bytes up to its limit; must not be written to
     * @throws NoSuchFileException if there is no such file
     * @throws java.io.EOFException if the file ends before
     * @throws IOException if the storage cannot answer
     */
    ByteBuffer read(String name, long offset, int length) throws IOException;

    /**
     * Returns a path for a file that is to be published, which is not there yet; its folder is.
     *
     * @throws IOException if the folder cannot be made
     */
    Path aside() throws IOException;

    /**
     * Makes a file part of the store, which takes it over. A file of the same name has the same content.
     *
     * @param name of the file from now on: the SHA-256 of its content, hexadecimal, and a suffix that begins with a dot
     * @param aside from {@link #aside()}, complete and forced to the disk
     * @throws IOException if it cannot be stored
     */
    void publish(String name, Path aside) throws IOException;

    /**
     * Removes a file that other files replace; nothing happens where there is none.
     *
     * @param name of the file
     * @throws IOException if it cannot be removed
     */
    void delete(String name) throws IOException;

    /**
     * Removes what killed processes left a day ago or earlier.
     *
     * @throws IOException if it cannot be looked for
     */
    default void tidy() throws IOException {}
}
