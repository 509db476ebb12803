package io.heimdall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are being written, and what killed processes leave of them. */
class PartsOfFilesTest {
    @TempDir
    Path folder;

    private Path part(String name, Duration age) throws IOException {
        Path part = Files.writeString(folder.resolve(name), "half");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(age)));
        return part;
    }

    @Test
    void aFileIsWrittenAsideInTheCallersFolder() throws IOException {
        Path staging = Files.createDirectories(folder.resolve("staging"));
        Path file = folder.resolve("file");

        WholeFile.write(file, staging, out -> {
            out.write('a');
            assertThat(Files.list(staging)).hasSize(1).allMatch(WholeFile::isPart);
        });

        assertThat(file).hasContent("a");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, "old");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
                    out.write('n');
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(file).hasContent("old");
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void partsOfADayAgoAreRemovedAndNothingElse() throws IOException {
        Path old = part(".shard.1.part", Duration.ofHours(25));
        Path atWork = part(".shard.2.part", Duration.ofHours(23));
        Path file = part("shard.part", Duration.ofDays(9));

        WholeFile.removeOldParts(folder);

        assertThat(old).doesNotExist();
        assertThat(atWork).exists();
        assertThat(file).exists();
    }

    @Test
    void aFileThatIsRenamedWhileOldOnesAreLookedForStays() throws IOException {
        Path old = part("1", Duration.ofDays(2));
        Path complete = folder.resolveSibling(folder.getFileName() + ".complete");
        Path dead = part("2", Duration.ofDays(2));

        WholeFile.removeOld(folder, file -> {
            if (file.equals(old)) {
                assertThat(old.toFile().renameTo(complete.toFile())).isTrue();
            }
            return true;
        });

        assertThat(complete).hasContent("half");
        assertThat(dead).doesNotExist();
        Files.delete(complete);
    }

    @Test
    void aFolderThatIsNotThereHasNoParts() throws IOException {
        WholeFile.removeOldParts(folder.resolve("nowhere"));
        WholeFile.removeOldParts(Files.writeString(folder.resolve("file"), "x"));

        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(folder.resolve("file")).hasContent("x");
    }
}
