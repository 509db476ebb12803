package io.heimdall.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Bytes that are compared with a digest, as far as they are read in order. For one thread. */
public interface DigestedChannel extends SeekableByteChannel {

    /**
     * Reads what was not read in order yet, and compares all bytes with the digest, where one is known. The position stays.
     *
     * @throws ObjectStoreException if the bytes are others than those that were stored
     * @throws IOException if they cannot be read
     */
    void verify() throws IOException;
}
