package io.heimdall.features.spectrum;

/** What {@link FrameBands} works in; one thread at a time. */
interface FrameMemory {
    /** Row-major {@code [mels][lanes]}. */
    float[] bands();
}
