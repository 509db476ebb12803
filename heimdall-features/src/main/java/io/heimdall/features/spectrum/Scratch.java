package io.heimdall.features.spectrum;

/**
 * The working memory of one thread, made by {@link MelSpectrogram#newScratch()} or
 * {@link FeatureExtractor#newScratch()} and good for the one that made it.
 *
 * <p>Not thread-safe: each thread makes its own, and uses it again and again.
 */
public final class Scratch {
    final MelFrame owner;
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

    Scratch(MelFrame owner, int blockFloats) {
        this.owner = owner;
        FrameSpectrum frame = owner.spectrum();
        spectrum = new double[frame.spectrumLength()];
        work = new double[frame.workLength()];
        power = new double[frame.bins()];
        bands = new double[owner.parameters().mels()];
        sums = new double[owner.parameters().mels()];
        block = new float[blockFloats];
    }
}
