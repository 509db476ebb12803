package io.heimdall.tracking;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the file store is damaged: read again, it says the same. */
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
