package io.heimdall.features.spectrum;

/**
 * The working memory of one thread, made by the {@code newScratch()} of {@link Stft}, {@link MelSpectrogram} or
 * {@link FeatureExtractor} and good for the very one that made it.
 *
 * <p>Not thread-safe: each thread makes its own, and uses it again and again.
 */
public final class Scratch {
    private final Object owner;
    final double[] spectrum;
    final double[] work;
    final double[] power;
    final double[] bands;
    /** Sums of bands over the frames of a group. */
    final double[] sums;
    /** A block of a recording, as floats. */
    final float[] block;
    /** The sample of the recording with which the block begins, and the samples that it holds. */
    long blockFirst;

    int blockSamples;

    Scratch(Object owner, FrameSpectrum frame, int mels, int blockFloats) {
        this.owner = owner;
        spectrum = new double[frame.spectrumLength()];
        work = new double[frame.workLength()];
        power = new double[frame.bins()];
        bands = new double[mels];
        sums = new double[mels];
        block = new float[blockFloats];
    }

    /** Makes sure that the buffers have the owner's lengths. */
    void check(Object user) {
        if (user != owner) {
            throw new IllegalArgumentException("the scratch was made by another spectrogram or extractor");
        }
    }
}
