package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    private static final FeatureParameters SMALL = new FeatureParameters(256, 64, 16, 8, MelScale.AUDIO, Sides.FOLDED);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 11})
    void severalThreadsGiveTheBitsOfOne(int threads) throws IOException {
        float[] signal = ReferenceSignals.complex("threads", 20011);
        for (int frames : new int[] {8, FeatureParameters.ALL_FRAMES}) {
            FeatureExtractor extractor = FeatureExtractor.of(SMALL.withFrames(frames), 48000);
            float[] one = new float[extractor.size(20011)];
            float[] several = new float[one.length];
            extractor.extract(ReferenceSignals.recording(signal, true), 3, one, extractor.newScratch());
            extractor.extract(() -> ReferenceSignals.recording(signal, true, 777), 3, several, threads);
            assertThat(several).isEqualTo(one);
            extractor.power(ReferenceSignals.recording(signal, true), one, extractor.newScratch());
            extractor.power(() -> ReferenceSignals.recording(signal, true, 777), several, threads);
            assertThat(several).isEqualTo(one);
        }
    }

    @Test
    void whatFailsInAThreadFailsTheCall() {
        FeatureExtractor extractor = FeatureExtractor.of(SMALL, 48000);
        float[] out = new float[extractor.size()];
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> extractor.extract(
                        () -> {
                            if (Thread.currentThread().getName().startsWith("heimdall-features")) {
                                throw new IOException("gone");
                            }
                            return ReferenceSignals.recording(new float[2000], true);
                        },
                        0,
                        out,
                        2))
                .withMessage("gone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> extractor.extract(() -> null, 0, out, 0))
                .withMessageContaining("threads 0");
    }
}
