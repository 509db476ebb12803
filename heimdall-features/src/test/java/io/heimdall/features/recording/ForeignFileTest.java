package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no recordings, whatever they are called. */
class ForeignFileTest {
    private static final String POINTER =
            "version https://git-lfs.github.com/spec/v1\noid sha256:" + "7".repeat(64) + "\nsize 98765432\n";
    private static final String PAGE = "\n<HTML lang=en><title>502 Bad Gateway</title>" + "<p>later</p>".repeat(9);

    @TempDir
    Path directory;

    private void assertRefused(String name, byte[] content, String... words) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        assertThatThrownBy(() -> Recordings.open(file).close())
                .as(name)
                .isInstanceOf(RecordingFormatException.class)
                .message()
                .contains(name, "found ")
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_48k.cu8",
                "a_48k.cs8",
                "a.cu16",
                "a.cs16",
                "a.cf32",
                "A.C16",
                "a.complex",
                "a.complex32s",
                "a.wav",
                "a.npy",
                "a.sdriq",
                "a.iq",
                "a.bin",
                "a.raw",
                "a.dat",
                "a.unknown",
                "gqrx_20240131_120000_433920000_1800000_fc.raw"
            })
    void textIsNoRecordingUnderAnyName(String name) throws IOException {
        assertRefused(name, POINTER.getBytes(StandardCharsets.US_ASCII), "text, a Git LFS pointer", "git lfs pull");
        assertRefused(name, PAGE.getBytes(StandardCharsets.US_ASCII), "text, an HTML page");
        assertRefused(name, "404: Not Found".getBytes(StandardCharsets.US_ASCII), "text, '404: Not Found'");
        assertRefused(name, "time,i,q\n0,1,2\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII), "'time,i,q...'");
        Path file = directory.resolve(name);
        assertThatThrownBy(() -> Recordings.open(
                        file, ReadOptions.defaults().withFormat("CU8").withSampleRateHz(1e6)))
                .hasMessageContaining("text, 'time,i,q...'");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "ISO-8859-1", "UTF-16"})
    void textIsTextInEveryEncoding(String encoding) throws IOException {
        String german = "Die gewünschte Datei wurde auf diesem Server nicht gefunden.";
        assertRefused("a.cs8", german.getBytes(Charset.forName(encoding)), "text, 'Die gew");
        assertRefused("a.cs8", "見つかりません。".repeat(9000).getBytes(StandardCharsets.UTF_8), "text, '見つか");
    }

    @Test
    void samplesAreNoText() throws IOException {
        Random random = new Random(5);
        for (int amplitude : new int[] {0, 1, 2, 10, 60, 120}) {
            for (int offset : new int[] {-8, 0, 8}) {
                byte[] noise = new byte[256];
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = (byte) (offset + Math.max(-127, Math.min(127, amplitude * random.nextGaussian())));
                }
                Path signed = Files.write(directory.resolve("a.cs8"), noise);
                assertThat(Bytes.samples(signed)).hasSize(256);
                for (int i = 0; i < noise.length; i++) {
                    noise[i] ^= (byte) 0x80;
                }
                Path unsigned = Files.write(directory.resolve("a.cu8"), noise);
                assertThat(Bytes.samples(unsigned)).hasSize(256);
            }
        }
        // Text in front of samples is part of a recording.
        byte[] mixed = Bytes.little().text("x".repeat(70_000)).i16(1, 2, 3, 4).array();
        assertThat(Bytes.samples(Files.write(directory.resolve("a.cs16"), mixed)))
                .isNotEmpty();
    }

    @Test
    void containersOfOtherProgramsSayHowToConvert() throws IOException {
        assertRefused("a.npz", zip("iq.npy"), "NumPy (.npz)", "numpy", ".npy", "load('FILE.npz')");
        assertRefused("a.dat", zip("arr_0.npy"), "NumPy (.npz)");
        byte[] five = Bytes.little()
                .text("MATLAB 5.0 MAT-file, Platform: GLNXA64")
                .raw(new byte[200])
                .array();
        assertRefused("a.mat", five, "MATLAB", "scipy.io", "loadmat('FILE.mat')");
        assertRefused("a_48k.cs16", five, "MATLAB");
        byte[] seven = Bytes.little()
                .text("MATLAB 7.3 MAT-file, Platform: GLNXA64")
                .raw(new byte[200])
                .array();
        assertRefused("a.mat", seven, "MATLAB 7.3", "h5py");
        assertRefused(
                "four.mat", Bytes.little().i32(0, 4800, 1, 1, 3).text("iq\0").array(), "MATLAB", "loadmat");
        assertRefused(
                "a.h5",
                Bytes.little()
                        .u8(0x89)
                        .text("HDF\r\n\u001a\n")
                        .raw(new byte[90])
                        .array(),
                "HDF5",
                "h5py");
        assertRefused("a.bin", Bytes.little().text("fLaC").raw(new byte[50]).array(), "FLAC", "flac -d");
    }

    @Test
    void whatIsPackedIsToBeUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[500]);
        }
        for (String name : new String[] {"a_48k.cu8.gz", "a_48k.cu8", "a.wav", "a.sigmf"}) {
            assertRefused(name, packed.toByteArray(), "compressed file (gzip)", "unpack it first");
        }
        assertRefused("a.zip", zip("a.cu8"), "archive (zip)", "unpack it first");
        byte[] apple =
                Bytes.little().u8(0, 5, 22, 7, 0, 2, 0, 0).raw(new byte[99]).array();
        assertRefused("._a_48k.cu8", apple, "macOS", "without ._");
        assertRefused(
                "a_48k.cu8",
                Bytes.little().u8(0x89).text("PNG\r\n\u001a\n").raw(new byte[9]).array(),
                "picture");
        // Its first bytes alone may be samples.
        byte[] samples =
                Bytes.little().u8(0x1f, 0x8b, 8, 120, 7, 7, 7, 7, 7, 7, 7, 7).array();
        assertThat(Bytes.samples(Files.write(directory.resolve("b.cu8"), samples)))
                .hasSize(12);
    }

    private static byte[] zip(String name) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[500]);
        }
        return packed.toByteArray();
    }

    @Test
    void emptyAndNamelessFilesAreSaid() throws IOException {
        for (String name : new String[] {"a.cu8", "a.wav", "a.npy", "a.sigmf-meta", "a.sdriq"}) {
            assertRefused(name, new byte[0], name.endsWith("sdriq") ? "0 bytes" : "an empty file");
        }
        for (String name : new String[] {"a.iq", "a.bin", "a.raw", "a.dat", "a"}) {
            byte[] samples = Bytes.little().i16(1, 2, 3, 4, 5, 6).array();
            assertRefused(name, samples, "no format that is known", "--format", "cu8, cs8, cu16, cs16, cf32");
            ReadOptions told = ReadOptions.defaults().withFormat("cs16").withSampleRateHz(48_000);
            try (Recording recording = Recordings.open(directory.resolve(name), told)) {
                assertThat(recording.info().samples()).isEqualTo(3);
                assertThat(recording.info().sampleRateHz()).hasValue(48_000);
            }
        }
    }
}
