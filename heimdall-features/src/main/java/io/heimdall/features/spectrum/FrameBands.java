package io.heimdall.features.spectrum;

import io.heimdall.features.internal.Kernels;

/**
 * The band powers of frames, several at a time: window, transform, power, bands.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface FrameBands permits LaneFrames, SingleFrames {

    MelBank bank();

    /** Returns what turns the bands into decibels. */
    Kernels kernels();

    /** Returns the number of frames that are computed together. */
    int lanes();

    /** Returns the number of samples from the first to the last that {@link #power} looks at. */
    long span(int hop);

    /** Returns working memory for one thread. */
    FrameMemory newMemory();

    /**
     * Writes the powers of {@link #lanes()} frames into {@code memory.bands()}, row-major {@code [mels][lanes]}.
     *
     * @param signal pairs I, Q or real values; samples outside of it count as zero
     * @param samples the samples that {@code signal} holds
     * @param start the first sample of the first frame, may be negative
     * @param hop samples from frame to frame
     * @param follows whether the last call computed the frames just before these, at the same hop
     */
    void power(float[] signal, int samples, int start, int hop, boolean follows, FrameMemory memory);
}
