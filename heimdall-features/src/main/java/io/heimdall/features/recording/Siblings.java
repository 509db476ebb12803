package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that stand beside a recording. */
final class Siblings {
    private Siblings() {}

    /**
     * Returns the file of a name beside another: the one that is written so, else one whose name differs in nothing but
     * upper and lower case, else the file that is not there.
     */
    static Path find(Path beside, String name) throws IOException {
        Path exact = beside.resolveSibling(name);
        if (Files.exists(exact)) {
            return exact;
        }
        Path folder = exact.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return exact;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().equalsIgnoreCase(name))) {
            for (Path file : files) {
                return beside.resolveSibling(file.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return exact;
    }
}
