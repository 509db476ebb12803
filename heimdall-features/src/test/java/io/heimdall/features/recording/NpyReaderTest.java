package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
    @TempDir
    Path directory;

    static Bytes header(Bytes bytes, int version, String descr, boolean fortran, String shape) {
        String text = "{'descr': " + descr + ", 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': "
                + shape + ", }\n";
        Bytes little = Bytes.little().u8(0x93).text("NUMPY").u8(version, 0);
        return bytes.raw((version == 1 ? little.i16(text.length()) : little.i32(text.length())).array())
                .text(text);
    }

    private Path file() {
        return directory.resolve("recording.npy");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void complexSamplesOfEveryVersion(int version) throws IOException {
        header(Bytes.little(), version, "'<c8'", false, "(3,)")
                .f32(1, 2, 3, 4, 5, 6)
                .to(file());
        try (Recording recording = Recordings.open(file())) {
            assertThat(recording.info().format()).isEqualTo("npy");
            assertThat(recording.info().complex()).isTrue();
            assertThat(recording.info().samples()).isEqualTo(3);
            assertThat(recording.info().sampleRateHz()).isEmpty();
            assertThat(Bytes.samples(recording)).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void doublesAndBigEndianNumbers() throws IOException {
        header(Bytes.little(), 1, "'<c16'", false, "(2,)").f64(1, 2, 3, 4).to(file());
        assertThat(Bytes.samples(file())).containsExactly(1, 2, 3, 4);
        header(Bytes.big(), 1, "'>c8'", false, "(2, 1)").f32(1, 2, 3, 4).to(file());
        assertThat(Bytes.samples(file())).containsExactly(1, 2, 3, 4);
        header(Bytes.big(), 1, "'>f8'", false, "(3,)").f64(1, 2, 3).to(file());
        assertThat(Bytes.samples(file())).containsExactly(1, 2, 3);
        header(Bytes.little(), 1, "'<i2'", false, "(2,)").i16(-32768, 16384).to(file());
        assertThat(Bytes.samples(file())).containsExactly(-1, 0.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"(2, 3)|true", "(3, 2)|false"})
    void realPairsInterleavedInTheFile(String shape, boolean fortran) throws IOException {
        header(Bytes.little(), 1, "'<f4'", fortran, shape)
                .f32(1, -1, 2, -2, 3, -3)
                .to(file());
        assertThat(Bytes.samples(file())).containsExactly(1, -1, 2, -2, 3, -3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"(2, 3)|false", "(3, 2)|true"})
    void realPairsWithAllIBeforeAllQ(String shape, boolean fortran) throws IOException {
        header(Bytes.little(), 1, "'<f8'", fortran, shape)
                .f64(1, 2, 3, -1, -2, -3)
                .to(file());
        assertThat(Bytes.samples(file())).containsExactly(1, -1, 2, -2, 3, -3);
    }

    @Test
    void realSignalWithTheRateOfTheOptions() throws IOException {
        header(Bytes.little(), 1, "'<f4'", false, "(4L,)").f32(1, 2, 3, 4).to(file());
        try (Recording recording =
                Recordings.open(file(), ReadOptions.defaults().withSampleRateHz(8000))) {
            assertThat(recording.info().complex()).isFalse();
            assertThat(recording.info().sampleRateHz()).isEqualTo(OptionalDouble.of(8000));
            assertThat(Bytes.samples(recording)).containsExactly(1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longRecordingsReadAnywhere(boolean planar) throws IOException {
        int samples = 40_001;
        double[] numbers = new double[2 * samples];
        for (int i = 0; i < samples; i++) {
            numbers[planar ? i : 2 * i] = i;
            numbers[planar ? samples + i : 2 * i + 1] = -i;
        }
        header(Bytes.little(), 1, "'<f8'", false, planar ? "(2, 40001)" : "(40001, 2)")
                .f64(numbers)
                .to(file());
        try (Recording recording = Recordings.open(file())) {
            float[] out = new float[2 * 20_000 + 1];
            assertThat(recording.read(19_997, out, 1, 20_000)).isEqualTo(20_000);
            for (int i = 0; i < 20_000; i++) {
                assertThat(out[1 + 2 * i]).isEqualTo(19_997 + i);
                assertThat(out[2 + 2 * i]).isEqualTo(-19_997 - i);
            }
            assertThat(recording.read(40_000, out, 0, 10)).isEqualTo(1);
            assertThat(out[0]).isEqualTo(40_000);
            assertThat(recording.read(40_001, out, 0, 10)).isZero();
            assertThat(recording.read(Long.MAX_VALUE, out, 0, 10)).isZero();
            assertThatThrownBy(() -> recording.read(-1, out, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> recording.read(0, out, 39_999, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'|O'; (3,); pickled objects",
                "[('a', '<f4')]; (3,); records",
                "'<f2'; (3,); type '<f2'",
                "'<U8'; (3,); type '<U8'",
                "7; (3,); descr 7",
                "'<c8'; (3, 3); of complex numbers",
                "'<f4'; (); shape []",
                "'<f4'; (-1,); shape [-1]",
                "'<f4'; 3; shape 3",
                "'<c8'; (4,); 24 bytes of data: the file is cut off",
                "'<f4'; (9223372036854775807,); 24 bytes of data",
                "'<f4'; (92233720368547758070,); expected an integer",
                "'<f4'; (3,; found ','",
                "'<f4'; Tru; True, False or None",
                "'<f4; (3,); found",
            })
    void faultsAreNamed(String descr, String shape, String message) throws IOException {
        header(Bytes.little(), 1, descr, false, shape).raw(new byte[24]).to(file());
        assertThatThrownBy(() -> Recordings.open(file()))
                .isInstanceOf(RecordingFormatException.class)
                .hasMessageContaining("recording.npy")
                .hasMessageContaining(message);
    }

    @Test
    void pickledTruncatedAndForeignFiles() throws IOException {
        Files.write(file(), new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> Recordings.open(file())).hasMessageContaining("a pickled object");
        Files.write(file(), new byte[0]);
        assertThatThrownBy(() -> Recordings.open(file())).isInstanceOf(RecordingFormatException.class);
        byte[] whole = header(Bytes.little(), 2, "'<c8'", false, "(3,)")
                .f32(1, 2, 3, 4, 5, 6)
                .array();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Recordings.open(file())).isInstanceOf(RecordingFormatException.class);
        }
        whole[6] = 4;
        Files.write(file(), whole);
        assertThatThrownBy(() -> Recordings.open(file())).hasMessageContaining("byte 6: found version 4");
        whole[6] = 2;
        whole[11] = 0x7f;
        Files.write(file(), whole);
        assertThatThrownBy(() -> Recordings.open(file())).hasMessageContaining("a header of ");
    }
}
