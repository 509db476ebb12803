package io.heimdall.features.spectrum;

/**
 * The mel bands of one frame: window, transform, power, bands.
 *
 * <p>Immutable and thread-safe.
 */
record MelFrame(MelParameters parameters, FrameSpectrum spectrum, MelBank bank) {
    /** 10 log10 of this is the floor of every level. */
    private static final double LEAST_POWER = 1e-10;

    static MelFrame of(MelParameters parameters) {
        return new MelFrame(
                parameters,
                new FrameSpectrum(parameters.fftLength(), parameters.sides().complex()),
                MelBank.of(parameters));
    }

    /** Writes the powers of the frame that begins at sample {@code start} of a signal into {@code scratch.bands}. */
    void power(float[] signal, int samples, int start, Scratch scratch) {
        spectrum.transform(signal, samples, start, scratch.spectrum, scratch.work);
        spectrum.power(scratch.spectrum, scratch.power);
        bank.apply(scratch.power, scratch.bands);
    }

    /** Working memory, with room for so many floats of a recording. */
    Scratch newScratch(int blockFloats) {
        return new Scratch(this, spectrum, parameters.mels(), blockFloats);
    }

    static double decibels(double power) {
        return 10 * Math.log10(Math.max(power, LEAST_POWER));
    }
}
