package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    @TempDir
    Path folder;

    @Test
    void theOldFileStaysUntilTheNewOneIsFinished() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        try (NewFile written = NewFile.at(file)) {
            written.out().write("new".getBytes());
            written.out().flush();
            assertThat(file).hasContent("old");
            written.finish();
            assertThat(file).hasContent("new");
        }
        assertThat(file).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("a.txt");
    }

    @Test
    void whatIsNotFinishedLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("a.txt");
        try (NewFile written = NewFile.at(file)) {
            written.out().write(new byte[1 << 20]);
            assertThat(folder.toFile().list()).singleElement().matches(name -> WholeFile.isPart(Path.of(name)));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> NewFile.at(folder.resolve("none/a.txt")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
    }
}
