package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StftTest {

    @ParameterizedTest
    @CsvSource({
        "true, true, 64, 16",
        "true, false, 45, 7",
        "false, true, 64, 50",
        "false, false, 30, 9",
        "false, true, 31, 8",
    })
    void everyBinIsTheWindowedSum(boolean complex, boolean centred, int fftLength, int hop) {
        int samples = 200;
        float[] signal = ReferenceSignals.of(complex ? Sides.TWO_SIDED : Sides.REAL, "stft", samples);
        Stft stft = Stft.of(fftLength, hop, complex, centred);
        int frames = stft.frames(samples);
        float[] out = new float[2 * stft.bins() * frames];
        stft.transform(signal, samples, out, stft.newScratch());

        assertThat(stft.bins()).isEqualTo(complex ? fftLength : fftLength / 2 + 1);
        assertThat(frames).isEqualTo(1 + (samples + (centred ? fftLength / 2 * 2 : 0) - fftLength) / hop);
        for (int k = 0; k < stft.bins(); k++) {
            for (int t = 0; t < frames; t++) {
                double re = 0;
                double im = 0;
                for (int n = 0; n < fftLength; n++) {
                    int s = t * hop - (centred ? fftLength / 2 : 0) + n;
                    if (s >= 0 && s < samples) {
                        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / fftLength);
                        double x = window * (complex ? signal[2 * s] : signal[s]);
                        double y = complex ? window * signal[2 * s + 1] : 0;
                        double angle = -2 * Math.PI * k * n / fftLength;
                        re += x * Math.cos(angle) - y * Math.sin(angle);
                        im += x * Math.sin(angle) + y * Math.cos(angle);
                    }
                }
                assertThat((double) out[2 * (k * frames + t)]).isCloseTo(re, within(1e-5));
                assertThat((double) out[2 * (k * frames + t) + 1]).isCloseTo(im, within(1e-5));
            }
        }
    }

    @Test
    void nothingIsAllocatedPerFrame() throws IOException {
        Stft stft = Stft.of(8192, 64, true, true);
        float[] signal = ReferenceSignals.complex("allocation", 6400);
        float[] out = new float[2 * stft.bins() * stft.frames(6400)];
        Scratch scratch = stft.newScratch();
        assertThat(Allocations.least(() -> stft.transform(signal, 6400, out, scratch)))
                .isZero();
    }

    @Test
    void wrongArgumentsAreRefused() {
        Stft stft = Stft.of(64, 16, true, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stft.transform(new float[400], 200, new float[3], stft.newScratch()))
                .withMessage("out has 3 elements, not 64 bins x 13 frames x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stft.transform(new float[399], 200, new float[64 * 26], stft.newScratch()))
                .withMessageContaining("200 samples of a complex one are 400");
        Scratch foreign = Stft.of(64, 16, true, true).newScratch();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stft.transform(new float[400], 200, new float[64 * 26], foreign))
                .withMessageContaining("scratch");
    }
}
