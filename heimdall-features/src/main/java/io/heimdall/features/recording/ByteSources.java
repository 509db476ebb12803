package io.heimdall.features.recording;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Sources of this machine. */
public final class ByteSources {

    private ByteSources() {}

    /** Returns the source that is a local file. */
    public static ByteSource of(Path file) {
        return new FileSource(file);
    }

    /**
     * Returns a source in memory.
     *
     * @param folder the bytes by name, from position to limit; whoever changes them changes the recording
     * @param name which of them
     */
    public static ByteSource of(Map<String, ByteBuffer> folder, String name) {
        return new MemorySource(Map.copyOf(folder), name);
    }
}
