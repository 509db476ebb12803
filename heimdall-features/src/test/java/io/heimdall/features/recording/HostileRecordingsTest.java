package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changed and cut files give a recording or an {@link IOException}, soon and in little memory. */
class HostileRecordingsTest {
    private static final int ROUNDS = 200;

    @TempDir
    Path directory;

    static Stream<Arguments> files() {
        Bytes npy =
                NpyReaderTest.header(Bytes.little(), 1, "'<c8'", false, "(3,)").f32(1, 2, 3, 4, 5, 6);
        Bytes planar = NpyReaderTest.header(Bytes.little(), 2, "'<f4'", false, "(2, 3)")
                .f32(1, 2, 3, 4, 5, 6);
        Bytes kiwi = WavReaderTest.kiwi(WavReaderTest.format(Bytes.little(), 1, 2, 12_001, 16), 1, 5, 8);
        WavReaderTest.chunk(
                kiwi, "auxi", Bytes.little().i16(2024, 1, 3, 31, 12, 0, 1, 0).raw(new byte[40]));
        Bytes rf64 = Bytes.little().text("RF64").i32(-1).text("WAVE");
        WavReaderTest.chunk(rf64, "ds64", Bytes.little().i64(0, 8, 2).i32(0));
        WavReaderTest.format(rf64, 1, 2, 48_000, 16).text("data").i32(-1).i16(1, 2, 3, 4);
        String meta = SigmfReaderTest.meta("ci16_le", ", \"core:sample_rate\": 48000", SigmfReaderTest.CAPTURES);
        return Stream.of(
                Arguments.of("a.npy", npy.array()),
                Arguments.of("b.npy", planar.array()),
                Arguments.of("20171127T104156Z_77500_X_iq.wav", WavReaderTest.riff(kiwi)),
                Arguments.of("b.wav", rf64.array()),
                Arguments.of("a.sigmf-meta", meta.getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a.sigmf", SigmfReaderTest.archive().array()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void changedBytesNeverDoHarm(String name, byte[] whole) throws IOException {
        Bytes.little().i16(1, 2).u8(9, 9).i16(3, 4).to(directory.resolve("a.sigmf-data"));
        Path file = directory.resolve(name);
        int read = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Random random = new Random(name.hashCode());
            int opened = 0;
            for (int round = 0; round < ROUNDS; round++) {
                byte[] changed = round % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int flip = 0; flip < round % 3 + 1 && changed.length > 0; flip++) {
                    int at = random.nextInt(changed.length);
                    changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff * random.nextInt(2));
                }
                Files.write(file, changed);
                opened += tryRead(file) ? 1 : 0;
            }
            return opened;
        });
        // Some changes touch nothing but samples, others must be seen.
        assertThat(read).isBetween(1, ROUNDS - ROUNDS / 20);
    }

    /** Few bytes a capture, an object each; a text of 20 MB where a name is due; brackets without end. */
    @Test
    void hugeMetadataIsRefusedBeforeItTakesMemory() throws IOException {
        Bytes.little().u8(1, 2).to(directory.resolve("a.sigmf-data"));
        Path file = directory.resolve("a.sigmf-meta");
        Map<String, String> metadata = Map.of(
                SigmfReaderTest.meta("ru8", "", "[" + "{},".repeat(10_000_000) + "{}]"),
                "more than 100000 captures",
                SigmfReaderTest.meta("x".repeat(20_000_000), "", "[]"),
                "a text, a number or a nesting of brackets beyond the limits",
                "[".repeat(5_000_000),
                "expected SigMF metadata",
                "{\"annotations\": " + "[".repeat(5_000_000),
                "a text, a number or a nesting of brackets beyond the limits");
        for (Map.Entry<String, String> huge : metadata.entrySet()) {
            Files.writeString(file, huge.getKey());
            assertThatThrownBy(() -> Recordings.open(file))
                    .isInstanceOf(RecordingFormatException.class)
                    .hasMessageContaining(huge.getValue());
            assertThat(RecordingFuzzer.allocated(file)).isLessThan(Files.size(file) + (64 << 20));
        }
    }

    private static boolean tryRead(Path file) {
        float[] out = new float[200];
        try (Recording recording = Recordings.open(file)) {
            long samples = recording.info().samples();
            // No sample is promised that the file has no byte for.
            assertThat(samples).isLessThanOrEqualTo(Files.size(file));
            assertThat(recording.read(0, out, 0, 100)).isEqualTo((int) Math.min(100, samples));
            recording.read(Math.max(0, samples - 50), out, 0, 100);
            return true;
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("/");
            return false;
        }
    }
}
