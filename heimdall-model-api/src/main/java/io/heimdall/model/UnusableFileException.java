package io.heimdall.model;

import java.io.IOException;

/**
 * Thrown when a file of weights, a checkpoint or a model is missing, damaged or of another release. Reading it again
 * gives the same fault.
 */
public final class UnusableFileException extends IOException {
    private static final long serialVersionUID = 1;
    private final String file;

    /** Makes one with a message that names the file, and what is wrong with it. */
    public UnusableFileException(String file, String message) {
        this(file, message, null);
    }

    /** Makes one with a message that names the file and what is wrong with it, and the cause behind it. */
    public UnusableFileException(String file, String message, Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }
}
