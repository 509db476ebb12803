package io.heimdall.features.spectrum;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.LaneSpectrum;

/**
 * The power spectra of a signal's frames, in single precision, as many at a time as this JVM's kernels have lanes.
 *
 * <p>With the periodic Hann window {@code w} and FFT length {@code N}:
 * <pre>{@code
 * P[k][t] = | sum_n w[n] x[t*hop + n] exp(-2i pi k n / N) |^2     n = 0..N-1
 * }</pre>
 *
 * <p>{@link Stft} takes any length, in double precision. Not thread-safe, since it holds its working memory: each thread
 * makes its own.
 */
public final class PowerSpectra {
    private final LaneSpectrum spectrum;
    private final LaneSpectrum.Memory memory;
    private final int length;
    private final int hop;
    private final boolean complex;

    /** Receives the powers of some consecutive frames. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the powers of {@code count} frames.
         *
         * @param first the number of the first of these frames
         * @param count frames, 1..{@link #lanes()}
         * @param powers row-major {@code [bins][lanes]}; the first {@code count} columns hold frames. The array is written
         *     again after the call
         */
        void accept(int first, int count, float[] powers);
    }

    private PowerSpectra(int length, int hop, boolean complex) {
        this.length = length;
        this.hop = hop;
        this.complex = complex;
        spectrum = new LaneSpectrum(KernelChoice.kernels(), length, complex);
        memory = spectrum.newMemory();
    }

    /**
     * Returns the spectra of frames of a length.
     *
     * @param length samples in a frame: a power of two, 64..65 536 for a complex signal, 128..65 536 for a real one
     * @param hop samples from one frame to the next, from 1
     * @param complex whether a signal is pairs I, Q rather than real values
     * @throws IllegalArgumentException if a number is not in its range
     */
    public static PowerSpectra of(int length, int hop, boolean complex) {
        if (!LaneSpectrum.takes(length, complex)) {
            throw new IllegalArgumentException("a frame of " + length + " samples; expected a power of two from "
                    + (complex ? 64 : 128) + " to 65536");
        }
        if (hop < 1) {
            throw new IllegalArgumentException("a hop of " + hop + " samples; expected 1 or more");
        }
        return new PowerSpectra(length, hop, complex);
    }

    /** Returns the number of rows: {@code N/2 + 1} for a real signal, {@code N} (0 Hz first) for a complex one. */
    public int bins() {
        return complex ? length : length / 2 + 1;
    }

    /** Returns the largest number of frames that are computed together. */
    public int lanes() {
        return spectrum.lanes();
    }

    /** Returns the number of frames that lie in a signal of so many samples as a whole. */
    public int frames(int samples) {
        return samples < length ? 0 : 1 + (samples - length) / hop;
    }

    /**
     * Computes the spectra of all frames, in their order.
     *
     * @param signal I, Q, I, Q, ... or real samples; read only
     * @param samples the length of the signal; a pair I, Q is one sample
     * @throws IllegalArgumentException if {@code signal} has not so many samples
     */
    public void compute(float[] signal, int samples, Sink sink) {
        FrameSpectrum.check(signal, samples, complex);
        int frames = frames(samples);
        for (int t = 0; t < frames; t += lanes()) {
            spectrum.power(signal, samples, t * hop, hop, t > 0, memory);
            sink.accept(t, Math.min(lanes(), frames - t), memory.power());
        }
    }
}
