package io.heimdall.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleWarningsTest {
    private static final int SAMPLES = 3000;

    @TempDir
    Path directory;

    private static float[] noise(double sigma) {
        Random random = new Random(5);
        float[] iq = new float[2 * SAMPLES];
        for (int n = 0; n < iq.length; n++) {
            iq[n] = (float) (sigma * random.nextGaussian());
        }
        return iq;
    }

    private static List<String> of(float[] iq) throws IOException {
        return RecordingSurvey.of(Recordings.of(iq, true, 48_000), 1).warnings();
    }

    private List<String> of(String name, float[] iq, double scale) throws IOException {
        boolean bytes = name.endsWith("8");
        ByteBuffer buffer = ByteBuffer.allocate((bytes ? 1 : 2) * iq.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : iq) {
            long code = Math.round(value * scale + (name.endsWith("cu8") ? 127.5 : 0));
            if (bytes) {
                buffer.put((byte) code);
            } else {
                buffer.putShort((short) code);
            }
        }
        Path file = Files.write(directory.resolve(name), buffer.array());
        try (Recording recording = Recordings.open(file, ReadOptions.defaults().withSampleRateHz(48_000))) {
            return RecordingSurvey.of(recording, 1).warnings();
        }
    }

    @Test
    void aGoodRecordingHasNone() throws IOException {
        assertThat(of(noise(0.1))).isEmpty();
        assertThat(of(noise(1e-7))).isEmpty();
        assertThat(of("a.cs16", noise(0.01), 32768)).isEmpty();
        assertThat(of("a.cu8", noise(0.02), 127.5)).isEmpty();
        assertThat(of(new float[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 8-bit integers, 128", "6000, 16-bit integers, 32768", "1e6, 24-bit integers, 8388608"})
    void aLevelAboveFullScaleNamesTheIntegersThatItMayBe(double sigma, String integers, String divisor)
            throws IOException {
        assertThat(of(noise(sigma)))
                .singleElement()
                .asString()
                .startsWith("the level of +")
                .contains(integers, "divided by " + divisor);
        assertThat(of(noise(0.95))).isEmpty(); // +2.6 dBFS
        assertThat(of(noise(1.05))).hasSize(1); // +3.4 dBFS
    }

    @Test
    void silenceAndConstants() throws IOException {
        assertThat(of("a.cs16", new float[2 * SAMPLES], 1)).containsExactly("silence: all 3000 samples are 0");
        float[] constant = new float[2 * SAMPLES];
        for (int n = 0; n < SAMPLES; n++) {
            constant[2 * n] = 0.25f;
            constant[2 * n + 1] = -0.5f;
        }
        assertThat(of(constant))
                .containsExactly("a constant in place of a signal: all 3000 samples are I 0.2500, Q -0.5000");
        assertThat(of("a.cu8", new float[2 * SAMPLES], 127.5))
                .singleElement()
                .asString()
                .contains("constant");
        float[] real = new float[SAMPLES];
        assertThat(RecordingSurvey.of(Recordings.of(real, false, 48_000), 1).warnings())
                .containsExactly("silence: all 3000 samples are 0");
    }

    @Test
    void aTenthThatIsSilentIsSaidWithItsPlace() throws IOException {
        float[] iq = noise(0.1);
        java.util.Arrays.fill(iq, 2 * 2000, 2 * 2299, 0);
        assertThat(of(iq)).isEmpty();
        java.util.Arrays.fill(iq, 2 * 2000, 2 * 2300, 0);
        assertThat(of(iq)).containsExactly("silence: 300 of 3000 samples, from number 2000 on, are 0");
        java.util.Arrays.fill(iq, 2 * 2000, 2 * SAMPLES, 0);
        assertThat(of(iq)).containsExactly("silence: 1000 of 3000 samples, from number 2000 on, are 0");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, I and Q are equal",
        "1, -1, 'I and Q are opposite, I = -Q'",
        "1, 0, I and Q are one real signal: Q is always 0",
        "0, 1, I and Q are one real signal: I is always 0",
    })
    void oneRealSignalInTwoChannels(float i, float q, String said) throws IOException {
        float[] iq = noise(0.1);
        for (int n = 0; n < iq.length; n += 2) {
            iq[n + 1] = q * iq[n];
            iq[n] *= i;
        }
        assertThat(of(iq)).singleElement().asString().startsWith(said);
        assertThat(of("b.cs16", iq, 32767)).singleElement().asString().startsWith(said);
        if (i != 0 && q != 0) {
            for (int n = 0; n < iq.length; n += 2) {
                iq[n] += 0.3f; // an offset of the sound card
            }
            assertThat(of(iq)).singleElement().asString().startsWith(said);
        }
    }

    @Test
    void channelsThatAreAlmostAlikeAreTwo() throws IOException {
        float[] iq = noise(0.1);
        for (int n = 0; n < iq.length; n += 2) {
            iq[n + 1] = iq[n] + 0.01f * iq[n + 1];
        }
        assertThat(of(iq)).isEmpty();
    }

    @Test
    void numbersThatFillAHundredthOfTheirType() throws IOException {
        assertThat(of("a.cs16", noise(0.2), 127))
                .singleElement()
                .asString()
                .startsWith("the samples fill 0.3")
                .contains("of the range of their 16-bit numbers: 8 bits would hold them");
        assertThat(of("b.cs16", noise(0.25), 2047)).isEmpty();
        assertThat(of("c.cs8", noise(0.25), 1)).singleElement().asString().contains("8-bit numbers: 2 bits");
    }
}
