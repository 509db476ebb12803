package io.heimdall.app.command;

import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.RecordingInfo;
import java.io.IOException;

/** A real recording, seen as a complex one whose Q is zero. */
final class ComplexRecording implements Recording {

    private final Recording real;
    private final RecordingInfo info;

    ComplexRecording(Recording real) {
        this.real = real;
        info = real.info().withComplex(true);
    }

    @Override
    public RecordingInfo info() {
        return info;
    }

    @Override
    public int read(long firstSample, float[] out, int outOffset, int samples) throws IOException {
        int read = real.read(firstSample, out, outOffset, samples);
        for (int i = read - 1; i >= 0; i--) { // backwards, since the pairs lie over the values
            out[outOffset + 2 * i] = out[outOffset + i];
            out[outOffset + 2 * i + 1] = 0;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
