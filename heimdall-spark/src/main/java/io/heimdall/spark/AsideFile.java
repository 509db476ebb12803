package io.heimdall.spark;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written aside, and takes the place of an older one when it is whole. */
final class AsideFile implements AutoCloseable {
    private final Path file;
    private final Path aside;

    /** Names the file; nothing is written yet. A part that an interrupt of the program leaves is removed. */
    AsideFile(Path file) {
        this.file = file.toAbsolutePath();
        this.aside =
                WholeFile.aside(this.file.getParent(), this.file.getFileName().toString());
        aside.toFile().deleteOnExit();
    }

    /** Returns where it is written. */
    Path path() {
        return aside;
    }

    /** Gives the file its name; whoever has written it has closed it. */
    void publish() throws IOException {
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(aside);
    }
}
