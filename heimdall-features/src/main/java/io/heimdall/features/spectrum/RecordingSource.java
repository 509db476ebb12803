package io.heimdall.features.spectrum;

import io.heimdall.features.recording.Recording;
import java.io.IOException;

/** Opens one and the same recording again and again: each thread that shares the work reads its own. */
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
