package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmfReaderTest {
    static final String CAPTURES = """
            [{"core:sample_start": 0, "core:frequency": 1e6, "core:datetime": "2024-01-31T12:00:01.123456789012Z"},
             {"core:sample_start": 1, "core:header_bytes": 2, "core:frequency": 2e6}]""";

    @TempDir
    Path directory;

    static String meta(String datatype, String more, String captures) {
        return "{\"global\": {\"core:datatype\": \"" + datatype + "\", \"core:version\": \"1.2.0\"" + more
                + "}, \"captures\": " + captures + ", \"annotations\": [{\"core:comment\": \"x\"}]}";
    }

    private Path write(String meta, Bytes data) throws IOException {
        data.to(directory.resolve("a.b.sigmf-data"));
        return Files.writeString(directory.resolve("a.b.sigmf-meta"), meta);
    }

    private float[] read(String datatype, Bytes data) throws IOException {
        return Bytes.samples(write(meta(datatype, "", "[{\"core:sample_start\": 0}]"), data));
    }

    @Test
    void everyDatatypeInBothByteOrders() throws IOException {
        assertThat(read("cu8", Bytes.little().u8(0, 192))).containsExactly(-1, 0.5f);
        assertThat(read("ri8", Bytes.little().u8(0x80, 64))).containsExactly(-1, 0.5f);
        for (boolean little : new boolean[] {true, false}) {
            String order = little ? "_le" : "_be";
            Bytes bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("ci16" + order, bytes.i16(-32768, 16384))).containsExactly(-1, 0.5f);
            bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("ru16" + order, bytes.i16(0, 0xc000))).containsExactly(-1, 0.5f);
            bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("ci32" + order, bytes.i32(1L << 31, 1 << 30))).containsExactly(-1, 0.5f);
            bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("cu32" + order, bytes.i32(0, 0xc000_0000L))).containsExactly(-1, 0.5f);
            bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("cf32" + order, bytes.f32(-1, 0.5))).containsExactly(-1, 0.5f);
            bytes = little ? Bytes.little() : Bytes.big();
            assertThat(read("rf64" + order, bytes.f64(-1, 0.5))).containsExactly(-1, 0.5f);
        }
    }

    @Test
    void openedByEitherFileOrBaseName() throws IOException {
        write(
                meta("ci16_le", ", \"core:sample_rate\": 48000", "[]"),
                Bytes.little().i16(1, 2, 3));
        for (String name : new String[] {"a.b", "a.b.sigmf-meta", "a.b.sigmf-data"}) {
            try (Recording recording = Recordings.open(directory.resolve(name))) {
                assertThat(recording.info().format()).isEqualTo("sigmf");
                assertThat(recording.info().samples()).isEqualTo(1);
                assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(48_000));
                assertThat(recording.info().centerFrequencyHz()).isEmpty();
            }
        }
        Files.delete(directory.resolve("a.b.sigmf-data"));
        assertThatThrownBy(() -> Recordings.open(directory.resolve("a.b")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("a.b.sigmf-data");
        assertThatThrownBy(() -> Recordings.open(directory.resolve("none.sigmf-data")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.sigmf-meta");
    }

    @Test
    void theFilesOfARecordingAreFoundByAnyOfItsNames() throws IOException {
        Path meta = write(meta("ru8", "", "[]"), Bytes.little().u8(0));
        Path data = directory.resolve("a.b.sigmf-data");
        Path collection = Files.writeString(
                directory.resolve("x.sigmf-collection"), "{\"collection\": {\"core:streams\": [{\"name\": \"a.b\"}]}}");
        for (Path name : List.of(directory.resolve("a.b"), meta, data, collection)) {
            assertThat(Recordings.files(name, ReadOptions.defaults())).containsExactly(meta, data);
        }
        Path foreign = Files.writeString(
                directory.resolve("y.SIGMF-META"), meta("ru8", ", \"core:dataset\": \"raw.bin\"", "[]"));
        assertThat(Recordings.files(directory.resolve("y.sigmf-data"), ReadOptions.defaults()))
                .containsExactly(foreign, directory.resolve("raw.bin"));
        Path archive = directory.resolve("z.sigmf");
        assertThat(Recordings.files(archive, ReadOptions.defaults())).containsExactly(archive);
        assertThat(Recordings.files(data, ReadOptions.defaults().withFormat("cu8")))
                .as("as raw samples it is a file of its own")
                .containsExactly(data);
    }

    @Test
    void channelsAndCapturesAreChosen() throws IOException {
        Bytes data = Bytes.little().i16(1 << 8, 2 << 8).u8(7, 7).i16(3 << 8, 4 << 8, 5 << 8, 6 << 8);
        Path file = write(meta("ri16_le", ", \"core:num_channels\": 2", CAPTURES), data);
        assertThat(Bytes.samples(file)).containsExactly(1 / 128f);
        ReadOptions second =
                ReadOptions.defaults().withCapture(1).withChannel(1).withSampleRateHz(5);
        try (Recording recording = Recordings.open(file, second)) {
            assertThat(Bytes.samples(recording)).containsExactly(4 / 128f, 6 / 128f);
            assertThat(recording.info().centerFrequencyHz()).isEqualTo(OptionalDouble.of(2e6));
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(5));
            assertThat(recording.info().startTime()).isEmpty();
        }
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().startTime()).contains(Instant.parse("2024-01-31T12:00:01.123456789Z"));
        }
        assertThatThrownBy(() -> Recordings.open(file, ReadOptions.defaults().withCapture(2)))
                .hasMessageContaining("2 capture(s)");
        assertThatThrownBy(() -> Recordings.open(file, ReadOptions.defaults().withChannel(2)))
                .hasMessageContaining("2 channel(s)");
    }

    @Test
    void foreignDataSetsWithOffsetAndTrailer() throws IOException {
        Bytes.little().u8(9, 8, 7, 6, 5).to(directory.resolve("raw.bin"));
        String more = ", \"core:dataset\": \"raw.bin\", \"core:trailing_bytes\": 1, \"core:offset\": 100";
        Path file = Files.writeString(
                directory.resolve("x.sigmf-meta"), meta("ru8", more, "[{\"core:sample_start\": 101}]"));
        assertThat(Bytes.samples(file)).containsExactly(-120 / 128f, -121 / 128f, -122 / 128f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ci16||[]|core:datatype ci16",
                "cq8||[]|core:datatype cq8",
                "ci8|, \"core:num_channels\": 0|[]|core:num_channels 0",
                "ci8|, \"core:num_channels\": 99999|[]|core:num_channels 99999",
                "ci8|, \"core:num_channels\": 1e99|[]|core:num_channels 1e99 in global",
                "ci8|, \"core:trailing_bytes\": -1|[]|core:trailing_bytes -1",
                "ci8|, \"core:trailing_bytes\": 9|[]|the data is cut off",
                "ci8|, \"core:offset\": -1|[]|core:offset -1",
                "ci8|, \"core:dataset\": \"C:x\"|[]|core:dataset C:x",
                "ci8|, \"core:dataset\": \"..\"|[]|core:dataset ..",
                "ci8|, \"core:sha512\": \"00ff\"|[]|expected 00ff as the metadata says",
                "ci8|, \"core:dataset\": \"../a\"|[]|core:dataset ../a",
                "ci8||[null]|capture 0 that is no object",
                "ci8||[{\"core:sample_start\": 5}]|4 bytes of data, which end before capture 0 begins",
                "ci8||[{\"core:sample_start\": -1}]|core:sample_start -1",
                "ci8||[{\"core:sample_start\": 2}, {\"core:sample_start\": 1}]|capture 1",
                "ci8||[{\"core:header_bytes\": 5}]|core:header_bytes 5",
                "ci8||[|expected SigMF metadata",
            })
    void faultsAreNamed(String datatype, String more, String captures, String message) throws IOException {
        Path file = write(
                meta(datatype, more == null ? "" : more, captures),
                Bytes.little().u8(1, 2, 3, 4));
        assertThatThrownBy(() -> Recordings.open(file))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("a.b.sigmf-")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}", "null", "{\"global\": {}}", "[]", "x"})
    void metadataWithoutADatatypeIsRefused(String json) throws IOException {
        Path file = write(json, Bytes.little());
        assertThatThrownBy(() -> Recordings.open(file))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("expected SigMF metadata");
    }

    static byte[] entry(String name, char type, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", content.length));
        header[156] = (byte) type;
        put(header, 257, "ustar\000");
        put(header, 345, type == '0' ? "top" : "");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return Bytes.little()
                .raw(header)
                .raw(content)
                .raw(new byte[(512 - content.length % 512) % 512])
                .array();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    static Bytes archive() {
        byte[] meta = meta("ci16_le", ", \"core:sample_rate\": 48000", CAPTURES).getBytes(StandardCharsets.UTF_8);
        return Bytes.little()
                .raw(entry("x/", '5', new byte[0]))
                .raw(entry("a.sigmf-meta", '0', meta))
                .raw(entry(
                        "a.sigmf-data",
                        '0',
                        Bytes.little().i16(1, 2).u8(9, 9).i16(16384, -32768).array()));
    }

    @Test
    void archivesAreReadWithoutUnpacking() throws IOException {
        Path file = archive().raw(new byte[1024]).to(directory.resolve("a.sigmf"));
        assertThat(Bytes.samples(file, ReadOptions.defaults().withCapture(1))).containsExactly(0.5f, -1);
        Path open = archive().to(directory.resolve("open.sigmf"));
        assertThat(Bytes.samples(open)).containsExactly(1 / 32768f, 2 / 32768f);
    }

    @Test
    void archivesWithLongNamesAndSizes() throws IOException {
        byte[] meta = meta("ru8", "", "[]").getBytes(StandardCharsets.UTF_8);
        byte[] data = {0, (byte) 192};
        String name = "n".repeat(200);
        Bytes pax = Bytes.little()
                .raw(entry("g", 'g', "1 comment=x\n".getBytes(StandardCharsets.UTF_8)))
                .raw(entry("L", 'L', (name + ".sigmf-meta\0").getBytes(StandardCharsets.UTF_8)))
                .raw(entry("n", '0', meta))
                .raw(entry("x", 'x', ("220 path=" + name + ".sigmf-data\n9 size=2\n").getBytes(StandardCharsets.UTF_8)))
                .raw(entry("n", '0', data));
        assertThat(Bytes.samples(pax.to(directory.resolve("a.sigmf")))).containsExactly(-1, 0.5f);
    }

    @Test
    void oneOfSeveralRecordingsInAnArchiveIsChosenByName() throws IOException {
        byte[] meta = meta("ru8", "", "[]").getBytes(StandardCharsets.UTF_8);
        byte[] foreign = meta("ru8", ", \"core:dataset\": \"b.bin\"", "[]").getBytes(StandardCharsets.UTF_8);
        Path file = archive()
                .raw(entry("b.sigmf-meta", '0', foreign))
                .raw(entry("b.bin", '0', new byte[] {(byte) 192}))
                .raw(entry("c.sigmf-meta", '0', meta))
                .to(directory.resolve("a.sigmf"));
        assertThat(Recordings.streams(file)).containsExactly("top/a", "top/b", "top/c");
        assertThat(Bytes.samples(file, ReadOptions.defaults().withStream("top/b")))
                .containsExactly(0.5f);
        assertThatThrownBy(() -> Recordings.open(file))
                .hasMessageContaining("3 recordings (top/a, top/b, top/c), expected one; --stream says which");
        assertThatThrownBy(() -> Recordings.open(file, ReadOptions.defaults().withStream("b")))
                .hasMessageContaining("one named b");
        assertThatThrownBy(() -> Recordings.open(file, ReadOptions.defaults().withStream("top/c")))
                .hasMessageContaining("no top/c.sigmf-data");
    }

    @Test
    void collectionsNameRecordingsBesideThem() throws IOException {
        write(meta("ru8", "", "[]"), Bytes.little().u8(0));
        Path file = directory.resolve("x.sigmf-collection");
        Files.writeString(file, "{\"collection\": {\"core:streams\": [{\"name\": \"a.b\"}]}}");
        assertThat(Recordings.streams(file)).containsExactly("a.b");
        assertThat(Bytes.samples(file)).containsExactly(-1);
        Files.writeString(file, "{\"collection\": {\"core:streams\": [{\"name\": \"a.b\", \"hash\": \"12\"}]}}");
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("a.b.sigmf-meta: found SHA-512");
        assertThat(Bytes.samples(file, ReadOptions.defaults().withoutChecksum()))
                .containsExactly(-1);
        for (String name : new String[] {"\"../a\"", "null", "\"a\\u0000\"", "\"\""}) {
            Files.writeString(file, "{\"collection\": {\"core:streams\": [{\"name\": " + name + "}]}}");
            assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("expected the plain name");
        }
        Files.writeString(file, "{\"collection\": {}}");
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("no core:streams");
        Files.writeString(
                file, "{\"collection\": {\"core:streams\": [" + "{\"name\": \"a\"},".repeat(10_000) + "{}]}}");
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("more than 10000 core:streams");
    }

    @Test
    void positionIsTheCapturesOrElseTheReceivers() throws IOException {
        String fixed = ", \"core:geolocation\": {\"type\": \"Point\", \"coordinates\": [7.29, 45.02, 600]}";
        String captures = """
                [{"core:sample_start": 0},
                 {"core:sample_start": 1, "core:geolocation": {"type": "Point", "coordinates": [8.5, 44.5]}}]""";
        Path file = write(meta("ru8", fixed, captures), Bytes.little().u8(1, 2));
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().position()).contains(new Position(45.02, 7.29, OptionalDouble.of(600)));
            assertThat(recording.info().captures()).isEqualTo(2);
        }
        try (Recording recording = Recordings.open(file, ReadOptions.defaults().withCapture(1))) {
            assertThat(recording.info().position()).contains(new Position(44.5, 8.5, OptionalDouble.empty()));
        }
    }

    @Test
    void checksumsAreHeldAgainstTheSamples() throws Exception {
        byte[] data = new byte[600_000];
        new java.util.Random(1).nextBytes(data);
        String sum = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-512").digest(data));
        Path file = write(
                meta("ru8", ", \"core:sha512\": \"" + sum + "\"", "[]"),
                Bytes.little().raw(data));
        assertThat(Bytes.samples(file)).hasSize(data.length);
        data[599_999] ^= 1;
        write(Files.readString(file), Bytes.little().raw(data));
        assertThatThrownBy(() -> Recordings.open(file))
                .hasMessageContaining("a.b.sigmf-data: found SHA-512")
                .hasMessageContaining(sum.substring(0, 16) + "... as the metadata says");
        assertThat(Bytes.samples(file, ReadOptions.defaults().withoutChecksum()))
                .hasSize(data.length);
    }

    @Test
    void metadataWithoutSamplesSaySo() throws IOException {
        Path file = write(meta("ru8", ", \"core:metadata_only\": true", "[]"), Bytes.little());
        assertThat(Bytes.samples(file)).isEmpty();
        Files.delete(directory.resolve("a.b.sigmf-data"));
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("core:metadata_only true");
    }

    @Test
    void archiveFaultsAreNamed() throws IOException {
        Path file = directory.resolve("a.sigmf");
        byte[] whole = archive().array();
        whole[600] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("its checksum does not agree with");
        Files.write(file, java.util.Arrays.copyOf(archive().array(), whole.length - 511));
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("the data is cut off");
        Files.write(file, java.util.Arrays.copyOf(archive().array(), 1024 + 100));
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("the end in the middle of the JSON");
        byte[] foreign = archive().array();
        foreign[148] = 'x';
        Files.write(file, foreign);
        assertThatThrownBy(() -> Recordings.open(file))
                .hasMessageContaining("byte 0: found other bytes, expected a tar archive");
        byte[] meta = meta("ru8", "", "[]").getBytes(StandardCharsets.UTF_8);
        Bytes.little().raw(entry("a.sigmf-meta", '0', meta)).to(file);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("no top/a.sigmf-data");
        Bytes.little()
                .raw(entry("x", 'x', "9 size=x\n".getBytes(StandardCharsets.UTF_8)))
                .to(file);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("size=x");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("no .sigmf-meta in it");
    }
}
