package io.heimdall.features.spectrum;

import java.util.Random;

/** Some frames of noise, by which kernels are compared. */
final class FrameTrial implements Runnable {
    private static final int FRAMES = 64;
    private static final int HOP = 256;

    private final FrameBands bands;
    private final FrameMemory memory;
    private final float[] signal;

    FrameTrial(FrameBands bands) {
        this.bands = bands;
        memory = bands.newMemory();
        signal = new float[2 * ((int) bands.span(HOP) + FRAMES * HOP)];
        Random random = new Random(1);
        for (int i = 0; i < signal.length; i++) {
            signal[i] = random.nextFloat() - 0.5f;
        }
    }

    @Override
    public void run() {
        float[] levels = memory.bands();
        for (int t = 0; t < FRAMES; t += bands.lanes()) {
            bands.power(signal, signal.length / 2, t * HOP, HOP, t > 0, memory);
            bands.kernels().decibels(levels, levels.length, levels);
        }
    }
}
