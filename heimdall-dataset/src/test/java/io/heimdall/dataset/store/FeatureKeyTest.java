package io.heimdall.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Recorded;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FeatureKeyTest {
    private static final String CONTENT = "ab".repeat(32);

    @Test
    void isTheDigestOfAllThatTheFeaturesFollowFrom() {
        Recorded recorded = Recorded.at(new ObjectKey("bucket", "a.npy"));
        FeatureParameters parameters = FeatureParameters.network();
        FeatureKey key = FeatureKey.of(CONTENT, recorded, parameters);
        String text =
                CONTENT + "  0.0 " + parameters.canonical() + recorded.part().canonical();
        assertThat(key.hex())
                .isEqualTo(HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8))));
        assertThat(key.size()).isEqualTo(128 * 32);
        assertThat(FeatureKey.of(CONTENT, recorded, parameters.withHopSamples(256))
                        .hex())
                .isNotEqualTo(key.hex());
        assertThat(FeatureKey.of("cd".repeat(32), recorded, parameters).hex()).isNotEqualTo(key.hex());
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new FeatureKey("AB".repeat(32), FeatureParameters.network()))
                .hasMessageContaining("'ABAB")
                .hasMessageContaining("64 lower-case hexadecimal digits");
        FeatureParameters all = FeatureParameters.network().withFrames(FeatureParameters.ALL_FRAMES);
        assertThatThrownBy(() -> new FeatureKey(CONTENT, all)).hasMessageContaining("a fixed number of frames");
    }
}
