package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdriqReaderTest {
    @TempDir
    Path directory;

    static Bytes header(long rate, long hertz, long stamp, int bits) {
        Bytes fields = Bytes.little().i32(rate).i64(hertz, stamp).i32(bits, 0);
        CRC32 crc = new CRC32();
        crc.update(fields.array());
        return fields.i32(crc.getValue());
    }

    private Path file(Bytes content) throws IOException {
        return content.to(directory.resolve("a.sdriq"));
    }

    @Test
    void headerAndBothSampleSizes() throws IOException {
        Path small = file(header(48_000, 5_700_000_000L, 1_706_702_400_123L, 16)
                .i16(-32768, 16384, 1, 2)
                .u8(9));
        try (Recording recording = Recordings.open(small)) {
            RecordingInfo info = recording.info();
            assertThat(info.format()).isEqualTo("sdriq");
            assertThat(info.samples()).isEqualTo(2);
            assertThat(info.sampleRateHz()).isEqualTo(OptionalDouble.of(48_000));
            assertThat(info.centerFrequencyHz()).isEqualTo(OptionalDouble.of(5.7e9));
            assertThat(info.startTime()).contains(Instant.parse("2024-01-31T12:00:00.123Z"));
            assertThat(info.bits()).hasValue(16);
            assertThat(Bytes.samples(recording)).startsWith(-1, 0.5f);
        }
        Path large = file(header(0, 0, 1_706_702_400L, 24).i32(-(1 << 23), 1 << 22));
        try (Recording recording = Recordings.open(large, ReadOptions.defaults().withSampleRateHz(5))) {
            RecordingInfo info = recording.info();
            assertThat(info.sampleRateHz()).isEqualTo(OptionalDouble.of(5));
            assertThat(info.centerFrequencyHz()).isEmpty();
            assertThat(info.startTime()).contains(Instant.parse("2024-01-31T12:00:00Z"));
            assertThat(info.bits()).hasValue(24);
            assertThat(Bytes.samples(recording)).containsExactly(-1, 0.5f);
        }
        try (Recording recording = Recordings.open(file(header(1, 1, -5, 16)))) {
            assertThat(recording.info().startTime()).isEmpty();
        }
    }

    @Test
    void ofTwoHeadersTheSecondCounts() throws IOException {
        byte[] first = header(48_000, 145_000_000, 1_598_000_000_000L, 16).array();
        Path twice = file(Bytes.little()
                .raw(first)
                .raw(header(96_000, 145_500_000, 1_598_000_002_500L, 16).array())
                .i16(16384, -16384, 5));
        try (Recording recording = Recordings.open(twice)) {
            RecordingInfo info = recording.info();
            assertThat(info.sampleRateHz()).hasValue(96_000);
            assertThat(info.centerFrequencyHz()).hasValue(145_500_000);
            assertThat(info.startTime()).contains(Instant.parse("2020-08-21T08:53:22.500Z"));
            assertThat(Bytes.samples(recording)).containsExactly(0.5f, -0.5f);
        }
        // Samples that happen to be as long as a header are samples.
        Path once = file(Bytes.little().raw(first).raw(new byte[32]));
        try (Recording recording = Recordings.open(once)) {
            assertThat(recording.info().samples()).isEqualTo(8);
            assertThat(recording.info().sampleRateHz()).hasValue(48_000);
        }
    }

    @Test
    void faultsAreNamed() throws IOException {
        byte[] bytes = header(48_000, 1, 1, 16).array();
        bytes[5] ^= 1;
        Path damaged = Files.write(directory.resolve("d.sdriq"), bytes);
        assertThatThrownBy(() -> Recordings.open(damaged))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("d.sdriq: found a header that its checksum does not agree with")
                .hasMessageContaining("--format cs16");
        Path odd = file(header(48_000, 1, 1, 12));
        assertThatThrownBy(() -> Recordings.open(odd)).hasMessageContaining("byte 20: found samples of 12 bits");
        Path cut = Bytes.little().u8(1, 2, 3).to(directory.resolve("c.sdriq"));
        assertThatThrownBy(() -> Recordings.open(cut))
                .hasMessageContaining("found 3 bytes, expected a header of 32 bytes");
    }
}
