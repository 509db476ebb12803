package io.heimdall.features.spectrum;

import io.heimdall.features.internal.KernelChoice;
import io.heimdall.features.internal.Kernels;

/** Frames of any length, one at a time and in double precision. */
final class SingleFrames implements FrameBands {
    private final MelParameters parameters;
    private final FrameSpectrum spectrum;
    private final MelBank bank;

    SingleFrames(MelParameters parameters) {
        this.parameters = parameters;
        spectrum = new FrameSpectrum(parameters.fftLength(), parameters.sides().complex());
        bank = MelBank.of(parameters);
    }

    private record Memory(double[] spectrum, double[] work, double[] power, float[] bands) implements FrameMemory {}

    @Override
    public MelBank bank() {
        return bank;
    }

    @Override
    public Kernels kernels() {
        return KernelChoice.portable();
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public long span(int hop) {
        return parameters.fftLength();
    }

    @Override
    public FrameMemory newMemory() {
        return new Memory(
                new double[spectrum.spectrumLength()],
                new double[spectrum.workLength()],
                new double[spectrum.bins()],
                new float[parameters.mels()]);
    }

    @Override
    public void power(float[] signal, int samples, int start, int hop, boolean follows, FrameMemory memory) {
        Memory own = (Memory) memory;
        spectrum.transform(signal, samples, start, own.spectrum, own.work);
        spectrum.power(own.spectrum, own.power);
        bank.apply(own.power, own.bands);
    }
}
