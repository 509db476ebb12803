package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a file is not a readable recording of its format. */
public final class RecordingFormatException extends IOException {
    private static final long serialVersionUID = 1;
    private final String file;
    private final long position;

    /**
     * Says what stands in the file and what should.
     *
     * @param file the file
     * @param position the byte, from 0, at which the fault lies; negative where it lies at no place
     * @param found what the file holds there
     * @param expected what a readable recording would hold
     */
    public RecordingFormatException(Path file, long position, String found, String expected) {
        this(file.toString(), position, found, expected);
    }

    /**
     * Says what stands in a source and what should.
     *
     * @param source named by its {@code toString()}
     * @param position the byte, from 0, at which the fault lies; negative where it lies at no place
     * @param found what the source holds there
     * @param expected what a readable recording would hold
     */
    public RecordingFormatException(ByteSource source, long position, String found, String expected) {
        this(source.toString(), position, found, expected);
    }

    private RecordingFormatException(String file, long position, String found, String expected) {
        super(file + (position < 0 ? "" : ", byte " + position) + ": found " + Shown.value(found) + ", expected "
                + Shown.value(expected));
        this.file = file;
        this.position = position;
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }

    /** Returns the byte at which the fault lies, negative where it lies at no place. */
    public long position() {
        return position;
    }
}
