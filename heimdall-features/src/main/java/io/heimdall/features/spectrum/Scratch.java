package io.heimdall.features.spectrum;

/**
 * The working memory of one thread, made by {@code newScratch()} of an {@link Stft}, {@link MelSpectrogram} or
 * {@link FeatureExtractor} and valid for that object only.
 *
 * <p>Not thread-safe: each thread makes its own, and uses it again and again.
 */
public final class Scratch {
    private final Object owner;
    /** Of {@link Stft}. */
    final double[] spectrum;

    final double[] work;
    /** Of the others; made when first needed, for the first frames and for those that follow. */
    private FrameMemory early;

    private FrameMemory late;
    private ColumnWork columns;
    /** The levels of one frame, before they go where they belong. */
    final float[] levels;
    /** Sums of bands over the frames of a group. */
    final double[] sums;
    /** A block of a recording, as floats. */
    float[] block = {};
    /** The sample of the recording with which the block begins, and the samples that it holds. */
    long blockFirst;

    int blockSamples;

    Scratch(Object owner, FrameSpectrum frame) {
        this.owner = owner;
        spectrum = new double[frame.spectrumLength()];
        work = new double[frame.workLength()];
        levels = null;
        sums = null;
    }

    Scratch(Object owner, int mels) {
        this.owner = owner;
        spectrum = null;
        work = null;
        levels = new float[mels];
        sums = new double[mels];
    }

    FrameMemory memory(FrameBands bands) {
        if (bands.lanes() == 1) {
            early = early == null ? bands.newMemory() : early;
            return early;
        }
        late = late == null ? bands.newMemory() : late;
        return late;
    }

    ColumnWork columns(FeatureExtractor extractor) {
        columns = columns == null ? new ColumnWork(extractor, this) : columns;
        return columns;
    }

    /** Makes sure that the buffers have the owner's lengths. */
    void check(Object user) {
        if (user != owner) {
            throw new IllegalArgumentException("the scratch was made by another spectrogram or extractor");
        }
    }
}
