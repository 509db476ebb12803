package io.heimdall.dataset.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of the store that has a {@link TensorHeader}: what this tells is there, or the file is damaged. */
record TensorFile(ShardFiles files, String name) {

    /** Returns the bytes of the header. */
    byte[] header() throws IOException {
        byte[] header = new byte[TensorHeader.BYTES];
        read(0, header.length).get(header);
        return header;
    }

    /**
     * Reads a part as {@link ShardFiles#read} does.
     *
     * @throws DamagedFileException if the file ends before
     */
    ByteBuffer read(long from, int length) throws IOException {
        try {
            return files.read(name, from, length);
        } catch (EOFException e) {
            throw new DamagedFileException(name, e.getMessage());
        }
    }
}
