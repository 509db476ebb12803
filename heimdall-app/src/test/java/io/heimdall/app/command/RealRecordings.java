package io.heimdall.app.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real recordings, where they lie beside the repository. */
final class RealRecordings {
    private RealRecordings() {}

    /** Returns the folder of three simultaneous recordings of DCF77; without it the test is skipped. */
    static Path dcf77() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "no repository root above the working directory");
        Path folder = root.resolveSibling("shared/data/real/dcf77-2017");
        assumeTrue(Files.isDirectory(folder), "real recordings are not here: " + folder);
        return folder;
    }
}
