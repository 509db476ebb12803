package io.heimdall.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * A store of immutable byte sequences by name: a directory, or a server that speaks S3.
 *
 * <p>Implementations are safe for use by several threads. A reader sees an object either whole or not at all,
 * whatever happens to the writer.
 */
public interface ObjectStore extends ObjectFiles {

    /**
     * Stores the content of a file, replacing an object of the same key.
     *
     * @param key the object's name
     * @param file read to its end; it must not change afterwards, since the store may share it instead of copying
     * @throws IOException if it cannot be read or stored; an older object stays as it was
     */
    void put(ObjectKey key, Path file) throws IOException;

    /**
     * Stores what a stream gives, replacing an object of the same key.
     *
     * @param key the object's name
     * @param content read to its end, not closed
     * @throws IOException if it cannot be read or stored; an older object stays as it was
     */
    void put(ObjectKey key, InputStream content) throws IOException;

    /**
     * Opens an object for reading.
     *
     * @param key the object's name
     * @return a buffered or unbuffered stream, to be closed by the caller
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws IOException if the store cannot answer
     */
    InputStream open(ObjectKey key) throws IOException;

    /**
     * Returns the length of an object.
     *
     * @param key the object's name
     * @return bytes
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws IOException if the store cannot answer
     */
    long size(ObjectKey key) throws IOException;

    /**
     * Returns the SHA-256 of an object's content, without a transfer where the store knows it.
     *
     * @param key the object's name
     * @return 64 lower-case hexadecimal digits
     * @throws NoSuchFileException if there is no such object; the message is the key
     * @throws IOException if the store cannot answer
     */
    default String sha256(ObjectKey key) throws IOException {
        try (InputStream content = open(key)) {
            return Sha256.of(content);
        }
    }

    /**
     * Returns whether there is such an object, and its content is a file's; compared by length and digest.
     *
     * @param key the object's name
     * @param file to compare with
     * @return false also if there is no such object
     * @throws IOException if the store cannot answer, or the file cannot be read
     */
    default boolean holds(ObjectKey key, Path file) throws IOException {
        try {
            return size(key) == Files.size(file) && sha256(key).equals(Sha256.of(file));
        } catch (NoSuchFileException absent) {
            if (!Files.exists(file)) {
                throw absent;
            }
            return false;
        }
    }

    /**
     * Returns whether there is such an object.
     *
     * @param key the object's name
     * @return true if it can be opened
     * @throws IOException if the store cannot answer
     */
    boolean exists(ObjectKey key) throws IOException;

    /**
     * Checks that objects can be stored in a bucket, by storing an empty one and removing it.
     *
     * @param bucket its name
     * @throws IOException if they cannot; it says why
     */
    default void checkWritable(String bucket) throws IOException {
        ObjectKey probe = new ObjectKey(bucket, "heimdall-check-" + UUID.randomUUID());
        put(probe, InputStream.nullInputStream());
        try {
            delete(probe);
        } catch (IOException mayNotBeAllowed) { // and need not be: a training removes nothing
            return;
        }
    }

    /**
     * Returns the objects of a bucket.
     *
     * @param bucket its name
     * @param prefix start of the keys, empty for all
     * @return ordered by key; empty where there is no such bucket
     * @throws IOException if the store cannot answer
     */
    List<ObjectKey> list(String bucket, String prefix) throws IOException;

    /**
     * Removes an object; nothing happens where there is none.
     *
     * @param key the object's name
     * @throws IOException if the store cannot answer
     */
    void delete(ObjectKey key) throws IOException;
}
