package io.heimdall.features.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code META-INF/services} of the tests names {@link MorseReader}, and a class that is not there. */
class AddedReadersTest {
    @TempDir
    Path directory;

    @Test
    void anAddedFormatIsRecognisedAndNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("sos.txt"), "morse .-");
        assertThat(Recordings.formats())
                .startsWith("npy", "wav", "sigmf", "sdriq")
                .endsWith("morse");
        assertThat(Bytes.samples(file)).containsExactly(0.5f, 1);
        ReadOptions asked = ReadOptions.defaults().withFormat("morse").withSampleRateHz(3);
        try (Recording recording = Recordings.open(file, asked)) {
            assertThat(recording.info().sampleRateHz()).hasValue(3);
        }
        assertThat(Recordings.streams(file)).isEmpty();
    }

    @Test
    void builtInFormatsStayWhoseTheyAre() throws IOException {
        // Begins as the added format does; the suffix is that of a built-in one.
        Path file = Files.writeString(directory.resolve("sos.cu8"), "morse .-\0");
        try (Recording recording = Recordings.open(file)) {
            assertThat(recording.info().format()).isEqualTo("cu8");
        }
        List<RecordingReader> known = List.of(new MorseReader());
        assertThatThrownBy(() -> AddedReaders.scan(known))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("two readers have the format 'morse'");
    }

    @Test
    void withoutProvidersThereAreTheBuiltInOnes() {
        assertThat(AddedReaders.scan(List.of(), ClassLoader.getPlatformClassLoader()))
                .isEmpty();
    }
}
