package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerSpectraTest {
    @ParameterizedTest
    @CsvSource({
        "64, 16, true, 64",
        "64, 1, true, 200",
        "128, 32, false, 127",
        "128, 200, false, 5000",
        "2048, 512, true, 40000",
        "2048, 512, false, 40000",
        "256, 64, true, 8000"
    })
    void agreesWithTheTransformInDoublePrecision(int length, int hop, boolean complex, int samples) {
        float[] signal = noise((complex ? 2 : 1) * samples);
        PowerSpectra spectra = PowerSpectra.of(length, hop, complex);
        Stft stft = Stft.of(length, hop, complex, false);
        int frames = stft.frames(samples);
        assertThat(spectra.frames(samples)).isEqualTo(frames);
        assertThat(spectra.bins()).isEqualTo(stft.bins());
        float[] expected = new float[2 * stft.bins() * frames];
        stft.transform(signal, samples, expected, stft.newScratch());

        int[] next = {0};
        spectra.compute(signal, samples, (first, count, powers) -> {
            assertThat(first).isEqualTo(next[0]);
            next[0] = first + count;
            for (int k = 0; k < spectra.bins(); k++) {
                for (int t = 0; t < count; t++) {
                    double re = expected[2 * (k * frames + first + t)];
                    double im = expected[2 * (k * frames + first + t) + 1];
                    assertThat((double) powers[k * spectra.lanes() + t])
                            .isCloseTo(re * re + im * im, within(1e-4 * length));
                }
            }
        });
        assertThat(next[0]).isEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource({"32, true", "100, true", "64, false", "131072, true", "0, false", "-64, true"})
    void refusesLengths(int length, boolean complex) {
        assertThatThrownBy(() -> PowerSpectra.of(length, 1, complex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a frame of " + length + " samples");
        assertThatThrownBy(() -> PowerSpectra.of(128, 0, true)).hasMessageContaining("a hop of 0 samples");
        assertThatThrownBy(() -> PowerSpectra.of(128, 1, true).compute(new float[9], 128, (t, n, p) -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] noise(int size) {
        Random random = new Random(size);
        float[] signal = new float[size];
        for (int i = 0; i < size; i++) {
            signal[i] = (float) random.nextGaussian();
        }
        return signal;
    }
}
