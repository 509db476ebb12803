package io.heimdall.features.spectrum;

import io.heimdall.features.internal.Kernels;
import io.heimdall.features.internal.LaneSpectrum;
import io.heimdall.features.internal.Tents;

/** Frames of a power of two, in single precision, as many at a time as the kernels have lanes. */
final class LaneFrames implements FrameBands {
    /**
     * Shorter frames stay in double precision. A transform in single precision errs by about -147 dB of a tone in the
     * bins that share its last steps: the shorter, the larger their share of a band. From here on a band that is 100 dB
     * below the frame's largest is good to 0.03 dB.
     */
    private static final int MIN_LENGTH = 2048;

    private final MelParameters parameters;
    private final Kernels kernels;
    private final LaneSpectrum spectrum;
    private final MelBank bank;
    private final Tents tents;

    LaneFrames(MelParameters parameters, Kernels kernels) {
        this.parameters = parameters;
        this.kernels = kernels;
        spectrum = new LaneSpectrum(
                kernels, parameters.fftLength(), parameters.sides().complex());
        bank = MelBank.of(parameters);
        tents = bank.tents();
    }

    static boolean take(MelParameters parameters) {
        return parameters.fftLength() >= MIN_LENGTH
                && LaneSpectrum.takes(parameters.fftLength(), parameters.sides().complex());
    }

    private record Memory(LaneSpectrum.Memory spectra, float[] bands) implements FrameMemory {}

    @Override
    public MelBank bank() {
        return bank;
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public int lanes() {
        return kernels.lanes();
    }

    @Override
    public long span(int hop) {
        return spectrum.span(hop);
    }

    @Override
    public FrameMemory newMemory() {
        return new Memory(spectrum.newMemory(), new float[parameters.mels() * lanes()]);
    }

    @Override
    public void power(float[] signal, int samples, int start, int hop, boolean follows, FrameMemory memory) {
        Memory own = (Memory) memory;
        spectrum.power(signal, samples, start, hop, follows, own.spectra);
        float[] power = own.spectra.power();
        int length = parameters.fftLength();
        int half = parameters.mels() / 2;
        switch (parameters.sides()) {
            case REAL -> kernels.bands(power, 0, 1, tents, own.bands, 0);
            case FOLDED -> {
                kernels.fold(power, length);
                kernels.bands(power, 0, 1, tents, own.bands, 0);
            }
            case TWO_SIDED -> {
                kernels.bands(power, length, -1, tents, own.bands, half - 1);
                kernels.bands(power, 0, 1, tents, own.bands, half);
            }
        }
    }
}
