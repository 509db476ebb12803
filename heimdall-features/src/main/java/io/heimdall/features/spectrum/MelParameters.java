package io.heimdall.features.spectrum;

import java.util.Locale;

/**
 * The parameters of a mel spectrogram.
 *
 * @param sampleRateHz samples a second, positive; not looked at with {@link MelScale#AUDIO}
 * @param fftLength samples in a frame, 2..1 048 576; any number, powers of two are fastest
 * @param hopSamples samples from one frame to the next, from 1
 * @param mels number of bands (rows), 1..65 536; even where {@link Sides#TWO_SIDED}
 * @param fminHz the lower edge of the first band, from 0
 * @param fmaxHz the upper edge of the last band, above {@code fminHz}; NaN is half of the rate
 * @param scale the scale on which the bands are equally wide
 * @param slaneyNorm whether each band is divided by half its width in Hz, so that its area is 1, rather than peak at 1
 * @param sides which part of the spectrum the bands cover
 * @param centred whether frame t is centred on sample t * hop, zeros outside of the signal, rather than begin there
 */
public record MelParameters(
        double sampleRateHz,
        int fftLength,
        int hopSamples,
        int mels,
        double fminHz,
        double fmaxHz,
        MelScale scale,
        boolean slaneyNorm,
        Sides sides,
        boolean centred) {

    private static final int MAX_FFT_LENGTH = 1 << 20;
    private static final int MAX_MELS = 1 << 16;

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of its range; the message has the value and the range
     */
    public MelParameters {
        checkRange("FFT length", fftLength, 2, MAX_FFT_LENGTH);
        checkRange("hop", hopSamples, 1, Integer.MAX_VALUE);
        checkRange("number of mel bands", mels, 1, MAX_MELS);
        if (sides == Sides.TWO_SIDED && mels % 2 != 0) {
            throw new IllegalArgumentException(
                    "two-sided mel bands come in pairs, one on each side of 0 Hz: " + mels + " is not even");
        }
        if (scale != MelScale.AUDIO && !(sampleRateHz > 0 && sampleRateHz < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sample rate " + sampleRateHz + " Hz is not a positive number");
        }
        double upperHz = Double.isNaN(fmaxHz) ? scale.bankRateHz(sampleRateHz) / 2 : fmaxHz;
        if (!(fminHz >= 0 && fminHz < upperHz && upperHz < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mel bands from " + fminHz + " Hz to " + upperHz
                    + " Hz: the lower edge is not in 0..the upper edge");
        }
    }

    /** Returns the usual parameters for a real signal: 2048/512, 128 Slaney bands from 0 Hz to Nyquist, centred. */
    public static MelParameters of(double sampleRateHz) {
        return new MelParameters(sampleRateHz, 2048, 512, 128, 0, Double.NaN, MelScale.SLANEY, true, Sides.REAL, true);
    }

    /** Returns these parameters with another FFT length and hop, in samples. */
    public MelParameters withFrames(int newFftLength, int newHopSamples) {
        return new MelParameters(
                sampleRateHz, newFftLength, newHopSamples, mels, fminHz, fmaxHz, scale, slaneyNorm, sides, centred);
    }

    /** Returns these parameters with another number of bands. */
    public MelParameters withMels(int newMels) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, newMels, fminHz, fmaxHz, scale, slaneyNorm, sides, centred);
    }

    /** Returns these parameters with bands between other frequencies. */
    public MelParameters withBand(double newFminHz, double newFmaxHz) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, mels, newFminHz, newFmaxHz, scale, slaneyNorm, sides, centred);
    }

    /** Returns these parameters with another scale. */
    public MelParameters withScale(MelScale newScale) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, mels, fminHz, fmaxHz, newScale, slaneyNorm, sides, centred);
    }

    /** Returns these parameters with bands of area 1 (true) or of peak 1 (false). */
    public MelParameters withSlaneyNorm(boolean newSlaneyNorm) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, mels, fminHz, fmaxHz, scale, newSlaneyNorm, sides, centred);
    }

    /** Returns these parameters with another part of the spectrum. */
    public MelParameters withSides(Sides newSides) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, mels, fminHz, fmaxHz, scale, slaneyNorm, newSides, centred);
    }

    /** Returns these parameters with frames centred on their sample (true) or beginning there (false). */
    public MelParameters withCentred(boolean newCentred) {
        return new MelParameters(
                sampleRateHz, fftLength, hopSamples, mels, fminHz, fmaxHz, scale, slaneyNorm, sides, newCentred);
    }

    /** Zeros before and after the signal, in samples. */
    int paddingSamples() {
        return centred ? fftLength / 2 : 0;
    }

    /** The frames of a signal at a hop. */
    long frames(long samples, int hop) {
        if (samples < 0) {
            throw new IllegalArgumentException("a signal of " + samples + " samples");
        }
        return Math.max(0, 1 + Math.floorDiv(samples + 2 * paddingSamples() - fftLength, (long) hop));
    }

    private static void checkRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s %d is not in %d..%d", what, value, least, most));
        }
    }
}
