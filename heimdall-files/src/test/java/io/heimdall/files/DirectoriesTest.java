package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    @TempDir
    Path folder;

    @Test
    void aDirectoryGoesWithAllInItAndNothingBesideIt() throws IOException {
        Path gone = Files.createDirectories(folder.resolve("a/b/c")).getParent().getParent();
        Files.writeString(gone.resolve("b/file"), "x");
        Path beside = Files.writeString(folder.resolve("ab"), "x");

        Directories.delete(gone);

        assertThat(gone).doesNotExist();
        assertThat(beside).exists();
    }

    @Test
    void whatALinkLeadsToStays() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path gone = Files.createDirectories(folder.resolve("gone"));
        Files.createSymbolicLink(gone.resolve("link"), kept);

        Directories.delete(gone);

        assertThat(gone).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void oneThatIsNotThereIsDeletedAlready() throws IOException {
        Directories.delete(folder.resolve("nowhere"));

        assertThat(folder).isEmptyDirectory();
    }
}
