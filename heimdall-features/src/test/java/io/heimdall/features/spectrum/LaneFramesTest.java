package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.features.internal.KernelChoice;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds single precision against double precision, by the contract of the features. */
class LaneFramesTest {

    @ParameterizedTest
    @CsvSource({
        "REAL, 4096, SLANEY, 128", "REAL, 2048, SLANEY, 128", "REAL, 8192, AUDIO, 20",
        "TWO_SIDED, 8192, AUDIO, 20", "TWO_SIDED, 2048, AUDIO, 128", "TWO_SIDED, 4096, HTK, 64",
        "FOLDED, 2048, HTK, 128", "FOLDED, 2048, SLANEY, 40", "FOLDED, 16384, AUDIO, 128",
    })
    void bandsFarBelowATonesKeepTheirLevel(Sides sides, int length, MelScale scale, int mels) {
        MelParameters parameters = MelParameters.of(16000)
                .withFrames(length, length / 2)
                .withMels(mels)
                .withScale(scale)
                .withSides(sides);
        LaneFrames single = new LaneFrames(parameters, KernelChoice.portable());
        SingleFrames exact = new SingleFrames(parameters);
        int checked = 0;
        for (int seed = 0; seed < 12; seed++) {
            float[] signal = toneAndNoise(sides, length, seed);
            float[] levels = levels(single, parameters, signal, length);
            float[] expected = levels(exact, parameters, signal, length);
            float largest = Float.NEGATIVE_INFINITY;
            for (float level : expected) {
                largest = Math.max(largest, level);
            }
            for (int m = 0; m < mels; m++) {
                if (expected[m] > largest - 100) {
                    assertThat(Math.abs(levels[m] - expected[m]))
                            .as("seed %d, band %d: %s, not %s, largest %s", seed, m, levels[m], expected[m], largest)
                            .isLessThan(expected[m] > largest - 60 ? 1e-3f : 0.05f);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(5 * mels);
    }

    /** A tone of full scale, on a bin or between two, and noise 50 to 80 dB below. */
    private static float[] toneAndNoise(Sides sides, int length, int seed) {
        Random random = new Random(seed);
        int width = sides.complex() ? 2 : 1;
        double cycles = seed % 2 == 0 ? random.nextInt(length / 2) : random.nextDouble() * length / 2;
        float[] signal = new float[width * length];
        for (int i = 0; i < signal.length; i++) {
            double angle = 2 * Math.PI * cycles * (i / width) / length - i % width * Math.PI / 2;
            signal[i] = (float) (Math.cos(angle) + Math.pow(10, -2.5 - 0.5 * (seed % 4)) * random.nextGaussian());
        }
        return signal;
    }

    private static float[] levels(FrameBands frames, MelParameters parameters, float[] signal, int samples) {
        FrameMemory memory = frames.newMemory();
        frames.power(signal, samples, 0, parameters.hopSamples(), false, memory);
        float[] levels = new float[parameters.mels()];
        for (int m = 0; m < levels.length; m++) {
            levels[m] = (float) (10 * Math.log10(memory.bands()[m * frames.lanes()]));
        }
        return levels;
    }

    @Test
    void framesThatWouldNotKeepTheContractStayInDouble() {
        MelParameters parameters = MelParameters.of(16000);
        assertThat(LaneFrames.take(parameters.withFrames(1024, 128))).isFalse();
        assertThat(LaneFrames.take(parameters.withFrames(3000, 128))).isFalse();
        assertThat(LaneFrames.take(parameters.withFrames(1 << 17, 128))).isFalse();
        assertThat(LaneFrames.take(parameters.withFrames(2048, 128))).isTrue();
    }
}
