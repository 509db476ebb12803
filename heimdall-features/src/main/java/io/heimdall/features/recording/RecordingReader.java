package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one format of recordings; thread-safe. */
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
     * Opens a recording; its samples stay in the file until they are read.
     *
     * @param file the file
     * @param options what to read
     * @throws RecordingFormatException if the file is not of this format, or is damaged or cut off
     * @throws IOException if it cannot be read
     */
    Recording open(Path file, ReadOptions options) throws IOException;
}
