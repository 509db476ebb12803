package io.heimdall.features.recording;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files that stand beside a recording. */
final class Siblings {
    private static final int MAX_NAME = 255;

    private Siblings() {}

    /**
     * Returns the file of a name beside another: the one that is written so, else one whose name differs in nothing but
     * upper and lower case, else the file that is not there.
     */
    static Path find(Path beside, String name) throws IOException {
        Path exact = sibling(beside, name);
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

    private static Path sibling(Path beside, String name) throws RecordingFormatException {
        try {
            return beside.resolveSibling(name);
        } catch (InvalidPathException e) {
            throw new RecordingFormatException(beside, -1, "a file name " + name, "one that this system can have");
        }
    }

    /** Whether a name from outside stays in the recording's directory, on any system. */
    static boolean isPlainName(String name) {
        return name != null
                && name.length() <= MAX_NAME
                && !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    }
}
