package io.heimdall.features.spectrum;

/**
 * The short-time Fourier transform of a signal in memory, with a periodic Hann window.
 *
 * <p>With window {@code w}, FFT length {@code N} and padding {@code p} ({@code N/2} where centred, else 0), samples
 * outside the signal counting as zero:
 * <pre>{@code
 * X[k][t] = sum_n w[n] x[t*hop - p + n] exp(-2i pi k n / N)     n = 0..N-1
 * }</pre>
 *
 * <p>Immutable and thread-safe; each thread brings its own scratch.
 *
 * @see <a href="https://doi.org/10.1109/PROC.1977.10770">Allen and Rabiner, 1977</a>
 */
public final class Stft {
    /** Of these, what concerns frames. */
    private final MelParameters framing;

    private final FrameSpectrum spectrum;

    private Stft(MelParameters framing) {
        this.framing = framing;
        spectrum = new FrameSpectrum(framing.fftLength(), framing.sides().complex());
    }

    /**
     * Returns the transform.
     *
     * @param fftLength samples in a frame, 2..1 048 576; any number, powers of two are fastest
     * @param hopSamples samples from one frame to the next, from 1
     * @param complex whether a signal is pairs I, Q rather than real values
     * @param centred whether frame t is centred on sample t * hop rather than begins there
     * @throws IllegalArgumentException if a number is not in its range
     */
    public static Stft of(int fftLength, int hopSamples, boolean complex, boolean centred) {
        return new Stft(MelParameters.of(1)
                .withFrames(fftLength, hopSamples)
                .withSides(complex ? Sides.FOLDED : Sides.REAL)
                .withCentred(centred));
    }

    /** Returns the number of rows: {@code N/2 + 1} for a real signal, {@code N} (0 Hz first) for a complex one. */
    public int bins() {
        return spectrum.bins();
    }

    /**
     * Returns the number of frames of a signal.
     *
     * @param samples the length of the signal, from 0; a pair I, Q is one sample
     * @return {@code 1 + floor((samples + 2p - N) / hop)}, or 0 where the signal is shorter than a frame
     */
    public int frames(int samples) {
        return Math.toIntExact(framing.frames(samples, framing.hopSamples()));
    }

    /** Returns working memory for one thread. */
    public Scratch newScratch() {
        return new Scratch(this, spectrum);
    }

    /**
     * Writes the transform of a signal into {@code out} without allocating.
     *
     * @param signal I, Q, I, Q, ... or real samples; read only
     * @param samples the length of the signal; a pair I, Q is one sample
     * @param out row-major {@code [bins][frames(samples)][2]}, real then imaginary part, every element overwritten
     * @param scratch from {@link #newScratch()}; one per thread
     * @throws IllegalArgumentException if {@code out} has not that length, {@code signal} not so many samples, or the
     *     scratch is another's; nothing is written then
     */
    public void transform(float[] signal, int samples, float[] out, Scratch scratch) {
        scratch.check(this);
        int frames = frames(samples);
        FrameSpectrum.check(signal, samples, framing.sides().complex());
        if (out.length != 2L * bins() * frames) {
            throw new IllegalArgumentException(
                    "out has " + out.length + " elements, not " + bins() + " bins x " + frames + " frames x 2");
        }
        for (int t = 0; t < frames; t++) {
            int start = t * framing.hopSamples() - framing.paddingSamples();
            spectrum.transform(signal, samples, start, scratch.spectrum, scratch.work);
            for (int k = 0; k < bins(); k++) {
                out[2 * (k * frames + t)] = (float) scratch.spectrum[2 * k];
                out[2 * (k * frames + t) + 1] = (float) scratch.spectrum[2 * k + 1];
            }
        }
    }
}
