package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyWriterTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 20_001})
    void whatIsWrittenIsReadAgain(int samples) throws IOException {
        float[] interleaved = new float[2 * samples];
        for (int i = 0; i < interleaved.length; i++) {
            interleaved[i] = (float) Math.sin(i);
        }
        Path file = directory.resolve("a.npy");
        NpyWriter.writeComplex(file, interleaved);
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().complex()).isTrue();
            assertThat(Bytes.samples(recording)).containsExactly(interleaved);
        }
        assertThat(NpyWriter.complexBytes(interleaved)).isEqualTo(Files.readAllBytes(file));
        NpyWriter.write(file, interleaved);
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().complex()).isFalse();
            assertThat(Bytes.samples(recording)).containsExactly(interleaved);
        }
        assertThat(Files.list(directory)).containsExactly(file);
    }

    @Test
    void headerIsTheOneThatNumpyWrites() throws IOException {
        Path file = directory.resolve("a.npy");
        NpyWriter.write(file, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 24);
        assertThat(new String(bytes, 0, 128, StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"
                        + " ".repeat(58) + "\n");
    }

    @Test
    void wrongShapesAreRefusedAndFailuresLeaveTheOldFile() throws IOException {
        Path file = directory.resolve("a.npy");
        assertThatThrownBy(() -> NpyWriter.write(file, new float[5], 2, 3)).hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> NpyWriter.write(file, new float[6], -2, -3)).hasMessageContaining("negative");
        assertThatThrownBy(() -> NpyWriter.writeComplex(file, new float[5])).hasMessageContaining("5 floats");
        assertThatThrownBy(() -> NpyWriter.complexBytes(new float[5])).hasMessageContaining("5 floats");
        assertThatThrownBy(() -> NpyWriter.write(directory.resolve("none/a.npy"), new float[1]))
                .isInstanceOf(NoSuchFileException.class);
        Path occupied = Files.createDirectories(directory.resolve("b.npy/full"));
        assertThatThrownBy(() -> NpyWriter.write(occupied.getParent(), new float[1]))
                .isInstanceOf(IOException.class);
        assertThat(Files.list(directory)).containsExactly(occupied.getParent());
    }
}
