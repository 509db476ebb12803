package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the files of a SigMF recording are named and packed. */
class SigmfPackagesTest {
    private static final byte[] META = SigmfReaderTest.meta("ru8", "", "[]").getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA = {(byte) 192, 0};
    private static final byte[] APPLE =
            Bytes.little().u8(0, 5, 22, 7, 0, 2, 0, 0).raw(new byte[60]).array();

    @TempDir
    Path directory;

    private static byte[] entry(String name, byte[] content) {
        return SigmfReaderTest.entry(name, '0', content);
    }

    @Test
    void whatMacosPacksBesideIsNoEntry() throws IOException {
        Path file = Bytes.little()
                .raw(entry("__MACOSX/._b.sigmf-meta", APPLE))
                .raw(entry("./._b.sigmf-meta", APPLE))
                .raw(entry("./b.sigmf-meta", META))
                .raw(entry("._b.sigmf-data", APPLE))
                .raw(entry("./b.sigmf-data", DATA))
                .to(directory.resolve("b.sigmf"));
        assertThat(Recordings.streams(file)).containsExactly("top/./b");
        assertThat(Bytes.samples(file)).containsExactly(0.5f, -1);
    }

    @Test
    void namesMayBeginAtTheirFolder() throws IOException {
        byte[] meta = entry("./b.sigmf-meta", META);
        byte[] data = entry("./b.sigmf-data", DATA);
        for (byte[] header : new byte[][] {meta, data}) { // without the folder "top"
            for (int i = 0; i < 3; i++) {
                header[345 + i] = 0;
            }
            byte[] sum = String.format("%06o\0 ", sum(header)).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(sum, 0, header, 148, 8);
        }
        Path file = Bytes.little().raw(meta).raw(data).to(directory.resolve("b.sigmf"));
        assertThat(Recordings.streams(file)).containsExactly("b");
        for (String name : new String[] {"b", "./b"}) {
            assertThat(Bytes.samples(file, ReadOptions.defaults().withStream(name)))
                    .containsExactly(0.5f, -1);
        }
    }

    private static int sum(byte[] header) {
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "R.SIGMF-META, R.SIGMF-DATA", "R.Sigmf-Meta, R.sigmf-data",
        "r.sigmf-meta, r.SIGMF-DATA", "R.sigmf-meta, r.sigmf-data"
    })
    void caseDoesNotCount(String meta, String data) throws IOException {
        Files.write(directory.resolve(meta), META);
        Files.write(directory.resolve(data), DATA);
        assertThat(Bytes.samples(directory.resolve(meta))).containsExactly(0.5f, -1);
        assertThat(Bytes.samples(directory.resolve(data))).containsExactly(0.5f, -1);
    }

    @Test
    void caseDoesNotCountInArchivesAndCollections() throws IOException {
        Path archive = Bytes.little()
                .raw(entry("R.SIGMF-META", META))
                .raw(entry("R.sigmf-DATA", DATA))
                .to(directory.resolve("R.SIGMF"));
        assertThat(Bytes.samples(archive)).containsExactly(0.5f, -1);
        Files.write(directory.resolve("East.sigmf-meta"), META);
        Files.write(directory.resolve("East.sigmf-data"), DATA);
        Path collection = Files.writeString(
                directory.resolve("all.SIGMF-COLLECTION"),
                "{\"collection\": {\"core:streams\": [{\"name\": \"east\", \"hash\": \"to do\"}], \"x\": NaN}}");
        try (Recording recording = Recordings.open(collection)) {
            assertThat(Bytes.samples(recording)).containsExactly(0.5f, -1);
            assertThat(recording.info().warnings())
                    .singleElement()
                    .asString()
                    .startsWith("hash of stream 0 is 'to do'");
        }
    }

    @Test
    void anArchiveThatIsCutOffHasTheSamplesThatAreThere() throws IOException {
        byte[] whole = Bytes.little()
                .raw(entry("b.sigmf-meta", META))
                .raw(entry("b.sigmf-data", new byte[1300]))
                .array();
        Path file = Files.write(directory.resolve("b.sigmf"), Arrays.copyOf(whole, whole.length - 1536 + 700));
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().samples()).isEqualTo(700);
            assertThat(recording.info().warnings())
                    .containsExactly(
                            "the archive is cut off within top/b.sigmf-data: 700 of its 1300 bytes are there and are read");
        }
    }

    @Test
    void whatStandsInTheirPlaceIsNamed() throws IOException {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n";
        for (String name : new String[] {"p.sigmf-meta", "p.sigmf", "p.sigmf-collection"}) {
            Path file = Files.writeString(directory.resolve(name), pointer);
            assertThatThrownBy(() -> Recordings.open(file)).hasMessageContaining("text, a Git LFS pointer");
        }
        Files.write(directory.resolve("q.sigmf-meta"), META);
        Path data = Files.writeString(directory.resolve("q.sigmf-data"), pointer);
        assertThatThrownBy(() -> Recordings.open(data)).hasMessageContaining("q.sigmf-data: found text, a Git LFS");
        Path apple = Files.write(directory.resolve("._q.sigmf-meta"), APPLE);
        assertThatThrownBy(() -> Recordings.open(apple))
                .hasMessageContaining("a companion file of macOS (AppleDouble)");
    }
}
