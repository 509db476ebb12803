package io.heimdall.features.recording;

import java.io.IOException;
import java.util.List;

/**
 * Reads one format of recordings; thread-safe.
 *
 * <p>To add a format, implement this interface in a public class with a public constructor without arguments, and name
 * it in {@code META-INF/services/io.heimdall.features.recording.RecordingReader}. It is asked about sources that no
 * built-in reader recognises, and about all if its format is requested by name.
 */
public interface RecordingReader {

    /** Returns the format's name, for example {@code npy}. */
    String format();

    /**
     * Tells whether a source looks like one of this format, without opening it.
     *
     * @param source which need not exist under this very name (SigMF goes by base names)
     * @param head its first bytes, at most 64; empty where there is no such source
     * @throws IOException if its folder cannot be read
     */
    boolean recognises(ByteSource source, byte[] head) throws IOException;

    /**
     * Returns the names of the recordings that a source of this format holds or names, empty where it is one itself.
     *
     * @param source a file, or an object on a server, or a part of the memory
     * @throws RecordingFormatException if the source is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    default List<String> streams(ByteSource source) throws IOException {
        return List.of();
    }

    /**
     * Returns the sources that a recording consists of: the one to open it by, then those that belong to it. Which they are follows
     * from the names and the content of these sources alone: it is not asked again while none is missing and none has changed.
     *
     * @param source a file, or an object on a server, or a part of the memory
     * @param options what to read
     * @throws RecordingFormatException if the source is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    default List<ByteSource> files(ByteSource source, ReadOptions options) throws IOException {
        return List.of(source);
    }

    /**
     * Opens a recording; its samples stay in the source until they are read.
     *
     * @param source a file, or an object on a server, or a part of the memory
     * @param options what to read
     * @throws RecordingFormatException if the source is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    Recording open(ByteSource source, ReadOptions options) throws IOException;
}
