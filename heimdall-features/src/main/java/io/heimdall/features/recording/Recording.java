package io.heimdall.features.recording;

import java.io.IOException;

/**
 * The samples of one receiver, read in blocks from anywhere in the recording.
 *
 * <p>Thread-compatible: one thread at a time.
 */
public interface Recording extends AutoCloseable {

    /** Returns what the recording says of itself. */
    RecordingInfo info();

    /**
     * Reads a block of samples, full scale 1.0.
     *
     * @param firstSample the first sample to read, from 0
     * @param out receives I, Q, I, Q, ... of a complex recording, else one value a sample
     * @param outOffset where in {@code out} to begin, in floats
     * @param samples how many samples to read; {@code out} has room for them (two floats each where complex)
     * @return the samples read: {@code samples}, or fewer only where the recording ends; 0 at its end and beyond
     * @throws IOException if the samples cannot be read
     */
    int read(long firstSample, float[] out, int outOffset, int samples) throws IOException;

    /** Lets go of what the recording holds open; a second call does nothing. */
    @Override
    void close() throws IOException;
}
