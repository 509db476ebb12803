package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawReaderTest {
    @TempDir
    Path directory;

    @Test
    void everyFormatReachesFullScale() throws IOException {
        assertThat(Bytes.samples(Bytes.little().u8(0, 255, 127, 128).to(directory.resolve("a.cu8"))))
                .containsExactly(-1, 1, -0.5f / 127.5f, 0.5f / 127.5f);
        assertThat(Bytes.samples(Bytes.little().u8(0x80, 0x40, 0, 0xff).to(directory.resolve("a.cs8"))))
                .containsExactly(-1, 0.5f, 0, -1 / 128f);
        assertThat(Bytes.samples(Bytes.little().i16(-32768, 16384).to(directory.resolve("a.cs16"))))
                .containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(Bytes.little().i16(0, 0xc000).to(directory.resolve("a.cu16"))))
                .containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(Bytes.little().f32(-1, 0.25).to(directory.resolve("a.cf32"))))
                .containsExactly(-1, 0.25f);
    }

    @Test
    void anIncompletePairAtTheEndIsLeftOut() throws IOException {
        Path file = Bytes.little().u8(1, 2, 3, 4, 5).to(directory.resolve("a.bin"));
        ReadOptions options = ReadOptions.defaults().withFormat("cu8").withSampleRateHz(2e6);
        try (Recording recording = Recordings.open(file, options)) {
            assertThat(recording.info().samples()).isEqualTo(2);
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(2e6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gqrx_20240131_120001_433920000_1800000_fc.raw, cf32, 1800000, 433920000, 2024-01-31T12:00:01Z",
        "gqrx_20249931_120001_433920000_1800000_fc.raw, cf32, 1800000, 433920000,",
        "g001_433.92M_250k.cu8, cu8, 250000, 433920000,",
        "g001_868M_1024k.cs16, cs16, 1024000, 868000000,",
        "a_1.2GHz_2.4Msps.cs8, cs8, 2400000, 1200000000,",
        "77.5kHz 12000sps.cf32, cf32, 12000, 77500,",
        "b_0M_0k.cf32, cf32, , ,",
        "SDRconnect_IQ_20240131_120000_433920000HZ.cf32, cf32, , 433920000,",
        "HackRF_20240131_120000Z_433920kHz_IQ.cs8, cs8, , 433920000, 2024-01-31T12:00:00Z",
        "SDRuno_20240131_120000Z_7150kHz.cs16, cs16, , 7150000, 2024-01-31T12:00:00Z",
        "31-Jan-2024 120000.123 433.920MHz 000.cf32, cf32, , 433920000,",
        "drone.complex16u, cu8, , ,",
        "drone.complex16s, cs8, , ,",
        "drone.complex32s, cs16, , ,",
        "drone.complex32u, cu16, , ,",
        "drone.COMPLEX32S, cs16, , ,",
        "drone.complex, cf32, , ,",
        "DRONE.CF32, cf32, , ,",
        "BBD_0001.C8, cs8, , ,",
        "plain.cf32, cf32, , ,",
        "2024_12.cf32, cf32, , ,",
    })
    void namesTellRateAndFrequency(String name, String format, Double rate, Double frequency, Instant start)
            throws IOException {
        Path file = Bytes.little().f32(1, 2).to(directory.resolve(name));
        try (Recording recording = Recordings.open(file)) {
            RecordingInfo info = recording.info();
            assertThat(info.format()).isEqualTo(format);
            assertThat(info.sampleRateHz()).isEqualTo(optional(rate));
            assertThat(info.centerFrequencyHz()).isEqualTo(optional(frequency));
            assertThat(info.startTime().orElse(null)).isEqualTo(start);
        }
    }

    @Test
    void portaPackWritesATextBesideTheSamples() throws IOException {
        Path file = Bytes.little().i16(-32768, 16384).to(directory.resolve("BBD_0001.C16"));
        Files.writeString(
                directory.resolve("BBD_0001.TXT"),
                "sample_rate=500000\r\ncenter_frequency=433920000\r\nlatitude=45.5\r\nlongitude=-7.25\r\nnoise\r\n");
        try (Recording recording = Recordings.open(file)) {
            RecordingInfo info = recording.info();
            assertThat(info.format()).isEqualTo("cs16");
            assertThat(info.sampleRateHz()).hasValue(500_000);
            assertThat(info.centerFrequencyHz()).hasValue(433_920_000);
            assertThat(info.position()).contains(new Position(45.5, -7.25, OptionalDouble.empty()));
        }
        Files.writeString(directory.resolve("BBD_0001.TXT"), "sample_rate=0\nlatitude=999\nlongitude=999\n");
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().sampleRateHz()).isEmpty();
            assertThat(recording.info().position()).isEmpty();
        }
    }

    @Test
    void editorsLeaveTheirMarksInPortaPacksText() throws IOException {
        Path file = Bytes.little().i16(1, 2).to(directory.resolve("cap_868.3M_1000k.C16"));
        String text = "Sample_Rate = 250000 \n\n CENTER_FREQUENCY\t=\t9.15e8\r\nlatitude = north\nlongitude = 7.5\n";
        for (byte[] written :
                new byte[][] {("\ufeff" + text).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_16)
                }) {
            Files.write(directory.resolve("cap_868.3M_1000k.Txt"), written);
            try (Recording recording = Recordings.open(file)) {
                RecordingInfo info = recording.info();
                assertThat(info.sampleRateHz()).hasValue(250_000);
                assertThat(info.centerFrequencyHz()).hasValue(915_000_000);
                assertThat(info.warnings())
                        .containsExactly(
                                "latitude in cap_868.3M_1000k.Txt is 'north', which is no number: it is left out");
            }
        }
        Files.writeString(directory.resolve("cap_868.3M_1000k.Txt"), "sample_rate=\nnotes\n");
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().sampleRateHz()).hasValue(1e6);
            assertThat(recording.info().warnings()).isEmpty();
        }
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Test
    void whatCannotBeOpenedIsNamed() throws IOException {
        Path text = Bytes.little().text("hello").to(directory.resolve("a.txt"));
        assertThatThrownBy(() -> Recordings.open(text))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("a.txt")
                .hasMessageContaining("cu8");
        assertThatThrownBy(() -> Recordings.open(directory.resolve("none.xyz")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.xyz: no such recording");
        assertThatThrownBy(() -> Recordings.open(directory.resolve("none.cu8")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Recordings.open(text, ReadOptions.defaults().withFormat("mp3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mp3");
        assertThatThrownBy(() -> Recordings.open(
                        text, ReadOptions.defaults().withFormat("cu8").withChannel(1)))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("1 channel(s)");
        assertThatThrownBy(
                        () -> Recordings.open(directory, ReadOptions.defaults().withFormat("cu8")))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("found a directory");
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> ReadOptions.defaults().withSampleRateHz(0)).hasMessageContaining("0.0 Hz");
        assertThatThrownBy(() -> ReadOptions.defaults().withSampleRateHz(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadOptions.defaults().withChannel(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> ReadOptions.defaults().withCapture(-2)).hasMessageContaining("-2");
    }

    @Test
    void arraysAreRecordings() throws IOException {
        try (Recording recording = Recordings.of(new float[] {1, 2, 3, 4, 5, 6}, true, 8)) {
            assertThat(recording.info().samples()).isEqualTo(3);
            float[] out = new float[5];
            assertThat(recording.read(1, out, 1, 2)).isEqualTo(2);
            assertThat(out).containsExactly(0, 3, 4, 5, 6);
            assertThat(recording.read(2, out, 0, 2)).isEqualTo(1);
            assertThat(recording.read(3, out, 0, 2)).isZero();
        }
        assertThatThrownBy(() -> Recordings.of(new float[3], true, 8)).hasMessageContaining("3 floats");
        assertThatThrownBy(() -> Recordings.of(new float[3], false, 0)).hasMessageContaining("0.0 Hz");
    }
}
