package io.heimdall.features.spectrum;

import io.heimdall.features.internal.Kernels;

/**
 * The mel spectrogram of a signal in memory, as powers or in decibels relative to full scale.
 *
 * <p>With window {@code w} (periodic Hann), FFT length {@code N}, padding {@code p} ({@code N/2} where centred, else 0)
 * and bands {@code H}, samples outside the signal counting as zero:
 * <pre>{@code
 * P[k][t]     = | sum_n w[n] x[t*hop - p + n] exp(-2i pi k n / N) |^2     n = 0..N-1
 * power[m][t] = sum_k H[m][k] P[k][t]
 * dB[m][t]    = 10 log10( max( power[m][t], 1e-10 ) )
 * }</pre>
 *
 * <p>For a real signal this is what librosa gives. Immutable and thread-safe; each thread brings its own scratch.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1980.1163420">Davis and Mermelstein, 1980</a>
 */
public final class MelSpectrogram {
    /** After so many frames, a multiple of all numbers of lanes, it is asked anew what computes them. */
    private static final int RUN_FRAMES = 1 << 12;

    private final MelParameters parameters;
    private final FrameKernels frames;

    private MelSpectrogram(MelParameters parameters) {
        this.parameters = parameters;
        frames = new FrameKernels(parameters);
    }

    /**
     * Returns the spectrogram of these parameters.
     *
     * <p>Logs a warning, once for each bank, where bands are so narrow that no FFT bin falls into them.
     */
    public static MelSpectrogram of(MelParameters parameters) {
        return new MelSpectrogram(parameters);
    }

    /** Returns the parameters. */
    public MelParameters parameters() {
        return parameters;
    }

    /** Returns the rows that are empty whatever the signal, ascending; none, as a rule. */
    public int[] emptyBands() {
        return frames.bank().emptyRows();
    }

    /** Returns working memory for one thread. */
    public Scratch newScratch() {
        return new Scratch(this, new FrameMemories());
    }

    /**
     * Returns the number of frames of a signal.
     *
     * @param samples the length of the signal, from 0; a pair I, Q is one sample
     * @return {@code 1 + floor((samples + 2p - N) / hop)}, or 0 where the signal is shorter than a frame
     */
    public int frames(int samples) {
        return Math.toIntExact(parameters().frames(samples, parameters().hopSamples()));
    }

    /**
     * Writes the powers of a signal into {@code out} without allocating.
     *
     * @param signal I, Q, I, Q, ... or real samples, as {@link MelParameters#sides()} says; full scale 1.0; read only
     * @param samples the length of the signal; a pair I, Q is one sample
     * @param out row-major {@code [mels][frames(samples)]}, every element overwritten
     * @param scratch from {@link #newScratch()}; one per thread
     * @throws IllegalArgumentException if {@code out} has not that length, {@code signal} not so many samples, or the
     *     scratch is another's; nothing is written then
     */
    public void power(float[] signal, int samples, float[] out, Scratch scratch) {
        write(signal, samples, false, out, scratch);
    }

    /**
     * Writes the levels of a signal, in decibels and not below -100 dB, into {@code out} without allocating.
     *
     * @param signal I, Q, I, Q, ... or real samples, as {@link MelParameters#sides()} says; full scale 1.0; read only
     * @param samples the length of the signal; a pair I, Q is one sample
     * @param out row-major {@code [mels][frames(samples)]}, every element overwritten
     * @param scratch from {@link #newScratch()}; one per thread
     * @throws IllegalArgumentException as {@link #power}
     */
    public void decibels(float[] signal, int samples, float[] out, Scratch scratch) {
        write(signal, samples, true, out, scratch);
    }

    private void write(float[] signal, int samples, boolean decibels, float[] out, Scratch scratch) {
        int columns = check(signal, samples, out, scratch);
        int lanes = 1;
        FrameBands work = null;
        for (int t = 0; t < columns; t += lanes) {
            boolean follows = t % RUN_FRAMES != 0;
            if (!follows) {
                work = frames.next(Math.min(RUN_FRAMES, columns - t));
                lanes = work.lanes();
            }
            FrameMemory memory = scratch.memories.of(work);
            float[] bands = memory.bands();
            int start = t * parameters.hopSamples() - parameters.paddingSamples();
            work.power(signal, samples, start, parameters.hopSamples(), follows, memory);
            if (decibels) {
                work.kernels().decibels(bands, bands.length, bands);
            }
            place(bands, lanes, out, t, columns, work.kernels());
        }
    }

    private void place(float[] bands, int lanes, float[] out, int t, int columns, Kernels kernels) {
        int mels = parameters.mels();
        if (t + lanes <= columns) {
            kernels.place(bands, mels, out, t, columns);
            return;
        }
        for (int m = 0; m < mels; m++) {
            System.arraycopy(bands, m * lanes, out, m * columns + t, columns - t);
        }
    }

    private int check(float[] signal, int samples, float[] out, Scratch scratch) {
        scratch.check(this);
        int columns = frames(samples);
        FrameSpectrum.check(signal, samples, parameters.sides().complex());
        if (out.length != (long) parameters.mels() * columns) {
            throw new IllegalArgumentException("out has " + out.length + " elements, not " + parameters.mels()
                    + " bands x " + columns + " frames");
        }
        return columns;
    }
}
