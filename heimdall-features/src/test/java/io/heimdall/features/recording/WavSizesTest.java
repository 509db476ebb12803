package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a WAV file's sizes are wrong, its samples reach to the end of the file. */
class WavSizesTest {
    private static final int[] NUMBERS = {3001, -3002, 3003, -3004, 3005, -3006, 3007, -3008, 3009, -3010};

    @TempDir
    Path directory;

    private static Bytes head(String family) {
        return Bytes.little().text(family).i32(-1).text("WAVE");
    }

    private static Bytes format(Bytes wav) {
        return WavReaderTest.format(wav, 1, 2, 96_000, 16);
    }

    private RecordingInfo info(Bytes wav) throws IOException {
        try (Recording recording = Recordings.open(wav.to(directory.resolve("a.wav")))) {
            RecordingInfo info = recording.info();
            assertThat(Bytes.samples(recording)).hasSize((info.complex() ? 2 : 1) * (int) info.samples());
            return info;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x7ffff000L, 0x7fffffffL, 0xfffffffeL, 21, 24, 1000, 4, 12, 8, 17})
    void aWrongSizeCountsForNothing(long size) throws IOException {
        RecordingInfo info = info(format(head("RIFF")).text("data").i32(size).i16(NUMBERS));
        assertThat(info.samples()).isEqualTo(5);
        if (size == 21) { // a byte more than there are, but no sample
            assertThat(info.warnings()).isEmpty();
        } else {
            assertThat(info.warnings())
                    .containsExactly("the file gives " + size
                            + " bytes as the size of its samples, wrongly: 20 bytes, to the end of the file, are read");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void aSizeThatWasNeverFilledInIsSaid(long size) throws IOException {
        RecordingInfo info = info(format(head("RIFF")).text("data").i32(size).i16(NUMBERS));
        assertThat(info.samples()).isEqualTo(5);
        assertThat(info.warnings())
                .containsExactly(
                        "the size of the samples was never filled in: 20 bytes, to the end of the file, are read");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 16, 7", "1, 2, 8, 7", "1, 1, 24, 5", "1, 2, 32, 2", "3, 2, 32, 2", "3, 1, 64, 2", "1, 1, 8, 15"})
    void aFileThatIsCutOffHasItsWholeSamples(int tag, int channels, int bits, int samples) throws IOException {
        Bytes wav = WavReaderTest.format(head("RIFF"), tag, channels, 48_000, bits)
                .text("data")
                .i32(2000);
        int present = samples * channels * bits / 8 + (bits > 8 || channels > 1 ? 1 : 0);
        byte[] numbers = new byte[present];
        Arrays.fill(numbers, (byte) 0x3f);
        RecordingInfo info = info(wav.raw(numbers));
        assertThat(info.samples()).isEqualTo(samples);
        assertThat(info.warnings()).singleElement().asString().contains("2000 bytes", present + " bytes, to the end");
    }

    @Test
    void chunksAndZerosBehindTheSamplesAreNone() throws IOException {
        byte[] list = WavReaderTest.chunk(Bytes.little(), "LIST", Bytes.little().text("INFOICMT"))
                .array();
        Bytes unknown =
                WavReaderTest.chunk(Bytes.little(), "wxyz", Bytes.little().u8(7, 7, 7));
        for (byte[] behind : new byte[][] {{}, {0}, {0, 0, 0}, new byte[700], list, unknown.array()}) {
            RecordingInfo info =
                    info(format(head("RIFF")).text("data").i32(20).i16(NUMBERS).raw(behind));
            assertThat(info.samples()).as(behind.length + " bytes").isEqualTo(5);
            assertThat(info.warnings()).isEmpty();
        }
        Bytes cut = format(head("RIFF")).text("data").i32(20).i16(NUMBERS).raw(Arrays.copyOf(list, 12));
        assertThat(info(cut).samples()).isEqualTo(5);
        assertThat(info(cut).warnings()).singleElement().asString().contains("ends within its chunk 'LIST'", "4 of 8");
        Bytes rubbish =
                format(head("RIFF")).text("data").i32(20).i16(NUMBERS).raw(list).u8(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(info(rubbish).samples()).isEqualTo(5);
        assertThat(info(rubbish).warnings()).singleElement().asString().contains("last 9 bytes", "behind sample 5");
    }

    @Test
    void oddChunksMayLackTheirPadByte() throws IOException {
        byte[] list = WavReaderTest.chunk(Bytes.little(), "LIST", Bytes.little().text("INFO"))
                .array();
        for (byte[] pad : new byte[][] {{}, {0}}) {
            Bytes wav = WavReaderTest.format(head("RIFF"), 1, 1, 8000, 8)
                    .text("note")
                    .i32(3)
                    .u8(9, 9, 9)
                    .raw(pad)
                    .text("data")
                    .i32(5)
                    .u8(128, 192, 64, 128, 1)
                    .raw(pad)
                    .raw(list);
            assertThat(info(wav).samples()).isEqualTo(5);
            assertThat(info(wav).warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RF64, -1, 20, true", "BW64, -1, 20, true",
        "RF64, 20, 20, true", "BW64, 20, 8000000000, false",
        "RF64, 5, 20, false", "RF64, 1000000, 20, false",
        "RF64, -1, 12, false", "RF64, -1, 5000000000, false",
        "RF64, -1, -1, false", "BW64, -1, 0, false",
        "RF64, 8, 12, false",
    })
    void theLongSizeMayBeWrongToo(String family, long size, long longSize, boolean right) throws IOException {
        Bytes wav = WavReaderTest.chunk(
                head(family), "ds64", Bytes.little().i64(0, longSize, 5).i32(0));
        RecordingInfo info = info(format(wav).text("data").i32(size).i16(NUMBERS));
        assertThat(info.samples()).isEqualTo(5);
        assertThat(info.warnings()).hasSize(right ? 0 : 1);
        assertThat(info.warnings()).allSatisfy(warning -> assertThat(warning).contains("size", "20 bytes"));
    }

    @Test
    void aLongSizeLeavesRoomForChunksBehind() throws IOException {
        Bytes wav = WavReaderTest.chunk(
                head("RF64"), "ds64", Bytes.little().i64(0, 20, 5).i32(0));
        format(wav).text("data").i32(-1).i16(NUMBERS);
        RecordingInfo info =
                info(WavReaderTest.chunk(wav, "LIST", Bytes.little().text("INFO")));
        assertThat(info.samples()).isEqualTo(5);
        assertThat(info.warnings()).isEmpty();
    }

    @Test
    void kiwiFilesEndWhereTheyAreCut() throws IOException {
        Bytes wav = WavReaderTest.format(Bytes.little(), 1, 2, 12_001, 16);
        for (int block = 0; block < 4; block++) {
            WavReaderTest.kiwi(wav, 1, 100 + block * 64 / 12_001.0, 64);
        }
        byte[] whole = WavReaderTest.riff(wav);
        int block = 8 + 10 + 8 + 4 * 64;
        assertThat(info(Bytes.little().raw(Arrays.copyOf(whole, whole.length - 103)))
                        .samples())
                .isEqualTo(4 * 64 - 26);
        RecordingInfo inHead = info(Bytes.little().raw(Arrays.copyOf(whole, whole.length - block + 13)));
        assertThat(inHead.samples()).isEqualTo(3 * 64);
        assertThat(inHead.warnings()).singleElement().asString().contains("within its chunk 'kiwi'", "5 of 10 bytes");
        RecordingInfo padded = info(Bytes.little().raw(whole).raw(new byte[5000]));
        assertThat(padded.samples()).isEqualTo(4 * 64);
        assertThat(padded.warnings()).isEmpty();
        byte[] damaged = whole.clone();
        damaged[12 + 24 + 2 * block + 8 + 10 + 4 + 3] = 0x10; // a data chunk of 268 MB
        RecordingInfo middle = info(Bytes.little().raw(damaged));
        assertThat(middle.samples()).isEqualTo(4 * 64);
        assertThat(middle.warnings()).singleElement().asString().contains("the size of a data chunk");
    }

    @Test
    void withoutSamplesThereIsNothingToRead() throws IOException {
        Path file = directory.resolve("none.wav");
        format(head("RIFF")).text("LIST").i32(5000).u8(1, 2, 3).to(file);
        assertThatThrownBy(() -> Recordings.open(file))
                .hasMessageContaining("a chunk 'LIST' that claims 5000 bytes, expected at most the 3");
        format(head("RIFF")).u8(1, 2, 3, 4, 5, 6, 7, 8, 9).to(file);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("9 bytes that are no chunk");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("found an empty file");
    }
}
