package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

/** Opens the same recording several times, once for each thread that shares the work. */
@FunctionalInterface
public interface RecordingSource {

    /**
     * Opens the recording.
     *
     * @return an open recording, for the caller to close
     * @throws IOException if it cannot be opened
     */
    Recording open() throws IOException;
}
