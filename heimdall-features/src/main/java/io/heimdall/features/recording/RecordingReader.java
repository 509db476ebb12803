package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads one format of recordings; thread-safe.
 *
 * <p>To add a format, implement this interface in a public class with a public constructor without arguments, and name
 * it in {@code META-INF/services/io.heimdall.features.recording.RecordingReader}. It is asked about files that no
 * built-in reader recognises, and about all files if its format is requested by name.
 */
public interface RecordingReader {

    /** Returns the format's name, for example {@code npy}. */
    String format();

    /**
     * Tells whether a file looks like one of this format, without opening it.
     *
     * @param file the file, which need not exist under this very name (SigMF goes by base names)
     * @param head the file's first bytes, at most 64; empty where there is no such file
     */
    boolean recognises(Path file, byte[] head);

    /**
     * Returns the names of the recordings that a file of this format holds or names, empty where it is one itself.
     *
     * @param file the file
     * @throws RecordingFormatException if the file is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    default List<String> streams(Path file) throws IOException {
        return List.of();
    }

    /**
     * Returns the files that a recording consists of: the one to open it by, then those that belong to it.
     *
     * @param file the file
     * @param options what to read
     * @throws RecordingFormatException if the file is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    default List<Path> files(Path file, ReadOptions options) throws IOException {
        return List.of(file);
    }

    /**
     * Opens a recording; its samples stay in the file until they are read.
     *
     * @param file the file
     * @param options what to read
     * @throws RecordingFormatException if the file is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    Recording open(Path file, ReadOptions options) throws IOException;
}
