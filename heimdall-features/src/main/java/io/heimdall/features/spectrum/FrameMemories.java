package io.heimdall.features.spectrum;

/** The memory of frames, made when first needed: for the first frames, which are computed one by one, and for those that follow. */
final class FrameMemories {
    private FrameMemory early;
    private FrameMemory late;

    /** Returns the memory for what computes frames. */
    FrameMemory of(FrameBands bands) {
        if (bands.lanes() == 1) {
            early = early == null ? bands.newMemory() : early;
            return early;
        }
        late = late == null ? bands.newMemory() : late;
        return late;
    }
}
