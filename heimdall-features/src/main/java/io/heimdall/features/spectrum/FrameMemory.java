package io.heimdall.features.spectrum;

/** What {@link FrameBands} works in; one thread at a time. */
interface FrameMemory {
    /** Returns the powers of the bands, row-major {@code [mels][lanes]}. */
    float[] bands();
}
