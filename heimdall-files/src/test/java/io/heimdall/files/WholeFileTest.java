package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void old() throws IOException {
        file = folder.resolve("file");
        WholeFile.write(file, "old");
    }

    @Test
    void aWriterThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThatThrownBy(() -> WholeFile.<Path, InterruptedException>make(file, aside -> {
                    Files.writeString(aside, "part");
                    throw new InterruptedException("stopped");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(WholeFile::isPart);
    }

    @Test
    void aReaderSeesTheOldFileUntilTheNewOneIsWhole() throws IOException {
        WholeFile.write(file, out -> {
            out.write("new".getBytes());
            out.flush();
            assertThat(file).hasContent("old");
            assertThat(folder).isDirectoryContaining(WholeFile::isPart);
        });
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(WholeFile::isPart);
    }

    @Test
    void manyWritersOfOneFileDoNotMixTheirs() throws IOException {
        IntStream.range(0, 64).parallel().forEach(i -> {
            try {
                WholeFile.write(file, Integer.toString(i % 10).repeat(100_000));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Files.readString(file)).matches("(\\d)\\1{99999}");
    }

    @Test
    void whatIsMadeInAnotherFolderArrives() throws IOException {
        Path staging = Files.createDirectory(folder.resolve("staging"));
        long made = WholeFile.make(file, staging, aside -> {
            assertThat(aside).hasParentRaw(staging);
            return Files.size(Files.writeString(aside, "made"));
        });
        assertThat(made).isEqualTo(4);
        assertThat(file).hasContent("made");
        assertThat(staging).isEmptyDirectory();
    }
}
