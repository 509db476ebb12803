package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureParametersTest {

    @Test
    void canonicalTextIsStableAndReadBack() {
        assertThat(FeatureParameters.network().canonical())
                .isEqualTo("mel-1 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided");
        FeatureParameters other = FeatureParameters.of(false)
                .withFftLength(1000)
                .withHopSamples(10)
                .withMels(33)
                .withFrames(FeatureParameters.ALL_FRAMES);
        assertThat(other.canonical()).isEqualTo("mel-1 fft=1000 hop=10 mels=33 frames=0 scale=slaney sides=real");
        assertThat(FeatureParameters.parse(other.canonical())).isEqualTo(other);
        assertThat(FeatureParameters.parse(FeatureParameters.network().canonical()))
                .isEqualTo(FeatureParameters.network());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mel-2 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided",
                "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=audio",
                "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=left",
                "mel-1 fft=2048 hop=x mels=128 frames=32 scale=audio sides=two-sided",
                "mel-1 fft=2048 hop=0 mels=128 frames=32 scale=audio sides=two-sided",
                "mel-1 fft=2048 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided",
                "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided norm=none",
                "mel-1 fft hop=512 mels=128 frames=32 scale=audio sides=two-sided",
            })
    void otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureParameters.parse(text))
                .withMessageContaining("'" + text + "'")
                .withMessageContaining("mel-1 fft=2048");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        FeatureParameters network = FeatureParameters.network();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withFrames(-1))
                .withMessageContaining("-1 is not in 1..1048576");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.withMels(7))
                .withMessageContaining("7 is not even");
        assertThatIllegalArgumentException().isThrownBy(() -> network.withHopSamples(0));
    }
}
