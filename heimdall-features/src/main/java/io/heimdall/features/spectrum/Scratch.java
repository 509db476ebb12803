package io.heimdall.features.spectrum;

/**
 * The working memory of one thread, made by the {@code newScratch()} of {@link Stft}, {@link MelSpectrogram} or
 * {@link FeatureExtractor} and good for the very one that made it.
 *
 * <p>Not thread-safe: each thread makes its own, and uses it again and again.
 */
public final class Scratch {
    private final Object owner;
    /** Of {@link Stft}. */
    final double[] spectrum;

    final double[] work;
    /** Of {@link MelSpectrogram}. */
    final FrameMemories memories;
    /** Of {@link FeatureExtractor}. */
    final ColumnWork columns;

    Scratch(Object owner, FrameSpectrum frame) {
        this.owner = owner;
        spectrum = new double[frame.spectrumLength()];
        work = new double[frame.workLength()];
        memories = null;
        columns = null;
    }

    Scratch(Object owner, FrameMemories memories) {
        this.owner = owner;
        spectrum = null;
        work = null;
        this.memories = memories;
        columns = null;
    }

    Scratch(Object owner, ColumnWork columns) {
        this.owner = owner;
        spectrum = null;
        work = null;
        memories = null;
        this.columns = columns;
    }

    /** Makes sure that the buffers have the owner's lengths. */
    void check(Object user) {
        if (user != owner) {
            throw new IllegalArgumentException("the scratch was made by another spectrogram or extractor");
        }
    }
}
