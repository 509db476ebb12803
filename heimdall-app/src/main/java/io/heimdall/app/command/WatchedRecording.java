package io.heimdall.app.command;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;

/** A recording whose reader shows how far it has come. */
final class WatchedRecording implements Recording {

    private final Recording recording;
    private final Progress progress;

    WatchedRecording(Recording recording, Progress progress) {
        this.recording = recording;
        this.progress = progress;
    }

    @Override
    public RecordingInfo info() {
        return recording.info();
    }

    @Override
    public int read(long firstSample, float[] out, int outOffset, int samples) throws IOException {
        int read = recording.read(firstSample, out, outOffset, samples);
        progress.to(firstSample + read, "");
        return read;
    }

    @Override
    public void close() throws IOException {
        recording.close();
    }
}
