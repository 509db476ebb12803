package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavReaderTest {
    @TempDir
    Path directory;

    static Bytes format(Bytes wav, int tag, int channels, int rate, int bits) {
        int frame = channels * bits / 8;
        return wav.text("fmt ")
                .i32(16)
                .i16(tag, channels)
                .i32(rate, (long) rate * frame)
                .i16(frame, bits);
    }

    static Bytes chunk(Bytes wav, String id, Bytes content) {
        byte[] bytes = content.array();
        wav.text(id).i32(bytes.length).raw(bytes);
        return bytes.length % 2 == 0 ? wav : wav.u8(0);
    }

    static byte[] riff(Bytes chunks) {
        byte[] body = chunks.array();
        return Bytes.little()
                .text("RIFF")
                .i32(body.length + 4)
                .text("WAVE")
                .raw(body)
                .array();
    }

    private Path file(Bytes chunks) throws IOException {
        return Files.write(directory.resolve("a.wav"), riff(chunks));
    }

    private Path file(int tag, int channels, int bits, Bytes data) throws IOException {
        return file(chunk(format(Bytes.little(), tag, channels, 48_000, bits), "data", data));
    }

    @Test
    void everyNumberFormatReachesFullScale() throws IOException {
        assertThat(Bytes.samples(file(1, 2, 8, Bytes.little().u8(0, 192)))).containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(file(1, 2, 16, Bytes.little().i16(-32768, 16384))))
                .containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(file(1, 2, 24, Bytes.little().i24(-(1 << 23), 1 << 22))))
                .containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(file(1, 2, 32, Bytes.little().i32(-(1L << 31), 1 << 30))))
                .containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(file(3, 2, 32, Bytes.little().f32(-1, 0.5)))).containsExactly(-1, 0.5f);
        assertThat(Bytes.samples(file(3, 2, 64, Bytes.little().f64(-1, 0.5)))).containsExactly(-1, 0.5f);
    }

    @Test
    void oneChannelIsRealAndFourAreTwoReceivers() throws IOException {
        Path mono = file(1, 1, 16, Bytes.little().i16(-32768, 0, 16384));
        try (Recording recording = Recordings.open(mono)) {
            assertThat(recording.info().complex()).isFalse();
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(48_000));
            assertThat(Bytes.samples(recording)).containsExactly(-1, 0, 0.5f);
        }
        Path four = file(3, 4, 32, Bytes.little().f32(1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(Bytes.samples(four)).containsExactly(1, 2, 5, 6);
        assertThat(Bytes.samples(four, ReadOptions.defaults().withChannel(1))).containsExactly(3, 4, 7, 8);
        assertThatThrownBy(() -> Recordings.open(four, ReadOptions.defaults().withChannel(2)))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("2 channel(s)");
    }

    @Test
    void extensibleFormatAndOddChunks() throws IOException {
        Bytes wav = Bytes.little();
        wav.text("fmt ")
                .i32(40)
                .i16(0xfffe, 2)
                .i32(96_000, 576_000)
                .i16(6, 24, 22, 24)
                .i32(3);
        wav.i16(1, 0).raw(new byte[12]);
        chunk(wav, "LIST", Bytes.little().u8(1, 2, 3));
        chunk(wav, "data", Bytes.little().i24(1 << 22, -(1 << 22)).u8(1, 2, 3));
        assertThat(Bytes.samples(file(wav))).containsExactly(0.5f, -0.5f);
    }

    @Test
    void auxiTellsFrequencyAndTime() throws IOException {
        Bytes auxi = Bytes.little()
                .i16(2024, 1, 3, 31, 12, 0, 1, 250)
                .i16(2024, 1, 3, 31, 12, 0, 2, 0)
                .i32(433_920_000L, 0, 0, 0, 0, 0, 0, 0, 0);
        Bytes wav = chunk(format(Bytes.little(), 1, 2, 48_000, 16), "auxi", auxi);
        try (Recording recording = Recordings.open(file(chunk(wav, "data", Bytes.little())))) {
            assertThat(recording.info().samples()).isZero();
            assertThat(recording.info().centerFrequencyHz()).isEqualTo(OptionalDouble.of(433_920_000));
            assertThat(recording.info().startTime()).contains(Instant.parse("2024-01-31T12:00:01.250Z"));
        }
        Bytes xml = Bytes.little().text("<\0R\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0.......");
        Bytes other = chunk(format(Bytes.little(), 1, 2, 48_000, 16), "auxi", xml);
        Path named = Files.write(
                directory.resolve("HDSDR_20180128_102000Z_14070kHz_RF.wav"),
                riff(chunk(other, "data", Bytes.little().i16(1, 2))));
        try (Recording recording = Recordings.open(named)) {
            assertThat(recording.info().centerFrequencyHz()).isEqualTo(OptionalDouble.of(14_070_000));
            assertThat(recording.info().startTime()).contains(Instant.parse("2018-01-28T10:20:00Z"));
        }
    }

    @Test
    void sdrConsoleWritesXml() throws IOException {
        String xml = "<?xml version=\"1.0\"?><SDR-XML-Root><Definition CurrentTimeUTC=\"31-01-2024 12:00:00\""
                + " RadioCenterFreq=\"7150000\" SampleRate=\"48000\" UTCSeconds=\"1706702400\"/></SDR-XML-Root>";
        Bytes auxi = Bytes.little().raw(xml.getBytes(StandardCharsets.UTF_16LE));
        Bytes wav = chunk(format(Bytes.little(), 1, 2, 48_000, 16), "auxi", auxi);
        try (Recording recording = Recordings.open(file(chunk(wav, "data", Bytes.little())))) {
            assertThat(recording.info().centerFrequencyHz()).hasValue(7_150_000);
            assertThat(recording.info().startTime()).contains(Instant.parse("2024-01-31T12:00:00Z"));
        }
        Bytes silent = Bytes.little().raw("<?xml version=\"1.0\"?><SDR/>".getBytes(StandardCharsets.UTF_16LE));
        wav = chunk(format(Bytes.little(), 1, 2, 48_000, 16), "auxi", silent);
        try (Recording recording = Recordings.open(file(chunk(wav, "data", Bytes.little())))) {
            assertThat(recording.info().centerFrequencyHz()).isEmpty();
            assertThat(recording.info().startTime()).isEmpty();
        }
    }

    @Test
    void faultsAreNamed() throws IOException {
        Bytes four = Bytes.little().i16(1, 2);
        assertThatThrownBy(() -> file2(85, 2, 16, four)).hasMessageContaining("compressed samples (MPEG)");
        assertThatThrownBy(() -> file2(1, 2, 12, four)).hasMessageContaining("integers of 12 bits");
        assertThatThrownBy(() -> file2(1, 0, 16, four)).hasMessageContaining("0 channels");
        assertThatThrownBy(() -> file2(1, 3, 16, four)).hasMessageContaining("3 channels");
        assertThatThrownBy(() -> Recordings.open(file(chunk(Bytes.little(), "data", four))))
                .hasMessageContaining("a chunk 'data', expected the fmt chunk first");
        assertThatThrownBy(() -> Recordings.open(file(format(Bytes.little(), 1, 2, 8000, 16))))
                .hasMessageContaining("a data chunk before");
        assertThatThrownBy(() -> Recordings.open(file(chunk(Bytes.little(), "fmt ", four))))
                .hasMessageContaining("a fmt chunk of 4 bytes");
        Bytes twice = format(format(Bytes.little(), 1, 2, 8000, 16), 1, 2, 9000, 16);
        assertThatThrownBy(() -> Recordings.open(file(twice))).hasMessageContaining("a second fmt chunk");
        Bytes shortened = format(Bytes.little(), 0xfffe, 2, 8000, 16);
        assertThatThrownBy(() -> Recordings.open(file(shortened))).hasMessageContaining("40 at least");
        Path frame = file(
                chunk(Bytes.little().text("fmt ").i32(16).i16(1, 2).i32(8000, 0).i16(5, 16), "data", four));
        assertThatThrownBy(() -> Recordings.open(frame)).hasMessageContaining("frames of 5 bytes, expected 4");
        Path other = Bytes.little().i16(1, 2, 3, 4, 5, 6, 7, 8).to(directory.resolve("other.wav"));
        assertThatThrownBy(() -> Recordings.open(other)).hasMessageContaining("byte 0: found other bytes");
    }

    private void file2(int tag, int channels, int bits, Bytes data) throws IOException {
        Recordings.open(file(tag, channels, bits, data)).close();
    }

    static Bytes kiwi(Bytes wav, int age, double second, int samples) {
        long whole = (long) Math.floor(second);
        chunk(wav, "kiwi", Bytes.little().u8(age, 0).i32(whole, Math.round((second - whole) * 1e9)));
        return chunk(wav, "data", Bytes.little().i16(new int[2 * samples]));
    }

    @Test
    void kiwiStampsTellTrueRateAndStart() throws IOException {
        // A stale first stamp, a week that ends, a lost packet, and a receiver that has forgotten the time.
        double rate = 12_001.25;
        double start = 604_799.95;
        Bytes wav = kiwi(format(Bytes.little(), 1, 2, 12_001, 16), 3, 1234.5, 512);
        for (int block = 1; block < 40; block++) {
            double second = (start + (block * 512 + (block > 20 ? 5120 : 0)) / rate) % 604_800;
            kiwi(wav, block == 30 ? 255 : 1, block == 30 ? 99 : second, 512);
        }
        Path file = Files.write(directory.resolve("20171202T235942Z_77500_X_iq.wav"), riff(wav));
        try (Recording recording = Recordings.open(file)) {
            RecordingInfo info = recording.info();
            assertThat(info.samples()).isEqualTo(40 * 512);
            assertThat(info.sampleRateHz().getAsDouble()).isCloseTo(rate, within(1e-3));
            assertThat(info.centerFrequencyHz()).isEqualTo(OptionalDouble.of(77_500));
            // The packet that is lost is missing, the stale first stamp is not.
            assertThat(info.gaps()).singleElement().satisfies(gap -> {
                assertThat(gap.sample()).isEqualTo(21 * 512);
                assertThat(gap.missing().toNanos() / 1e9).isCloseTo(5120 / rate, within(1e-5));
            });
            Instant expected = Instant.parse("2017-12-02T23:59:41.950Z");
            assertThat(Math.abs(info.startTime().get().toEpochMilli() - expected.toEpochMilli()))
                    .isLessThanOrEqualTo(1);
        }
        try (Recording recording = Recordings.open(file, ReadOptions.defaults().withSampleRateHz(12_000))) {
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(12_000));
        }
        Path unnamed = Files.move(file, directory.resolve("b.wav"));
        try (Recording recording = Recordings.open(unnamed)) {
            assertThat(recording.info().startTime()).isEmpty();
            assertThat(recording.info().sampleRateHz().getAsDouble()).isCloseTo(rate, within(1e-3));
        }
        Path misnamed = Files.move(unnamed, directory.resolve("20151203T120000Z_77500_X_iq.wav"));
        try (Recording recording = Recordings.open(misnamed)) {
            assertThat(recording.info().startTime()).contains(Instant.parse("2015-12-03T12:00:00Z"));
        }
    }

    @Test
    void kiwiWithoutUsableStampsKeepsTheNominalRate() throws IOException {
        Bytes wav = kiwi(format(Bytes.little(), 1, 2, 12_001, 16), 255, 1234.5, 512);
        kiwi(wav, 0, 700_000, 512);
        kiwi(wav, 0, 5, 512);
        kiwi(wav, 0, 50, 512);
        chunk(wav, "kiwi", Bytes.little().u8(1, 2));
        try (Recording recording = Recordings.open(file(wav))) {
            assertThat(recording.info().samples()).isEqualTo(4 * 512);
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(12_001));
        }
    }
}
