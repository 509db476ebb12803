package io.heimdall.tracking;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a file of the file store is damaged. Reading it again gives the same fault. */
public final class RecordFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param place behind the file's name: {@code ", line 3"}
     */
    public RecordFormatException(Path file, String place, String what, Throwable cause) {
        super(file + place + ": " + what, cause);
    }
}
