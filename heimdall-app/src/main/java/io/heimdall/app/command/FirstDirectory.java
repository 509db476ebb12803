package io.heimdall.app.command;

import io.heimdall.files.Directories;
import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes what {@code heimdall init} gives: aside, then renamed. */
final class FirstDirectory {
    private static final String RECORDINGS = "recordings";
    private static final String TABLE = "SESSIONS.csv";
    private static final String CONFIGURATION = "heimdall.yaml";

    private final Path directory;

    FirstDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes all files. A new directory appears whole or not at all; in an empty one, the table comes last.
     *
     * @return the files, in the directory
     * @throws IllegalArgumentException if the directory is not empty, or is a file
     */
    List<Path> write() throws IOException {
        requireNewOrEmpty();
        Path target = directory.toAbsolutePath().normalize();
        // An empty directory may be a mount in a parent that nobody may write to.
        Path parent = Files.isDirectory(target) ? target : Files.createDirectories(target.getParent());
        Path aside = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectory(aside);
            fill(aside);
            moveInto(aside);
        } finally {
            Directories.delete(aside);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void requireNewOrEmpty() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> there = Files.list(directory)) {
            there.min(Comparator.naturalOrder()).ifPresent(file -> {
                throw new IllegalArgumentException(directory + " is not empty: it has '" + file.getFileName()
                        + "'; expected a new or empty directory");
            });
        } catch (NotDirectoryException e) {
            throw new IllegalArgumentException(directory + " is a file; expected a new or empty directory", e);
        }
    }

    private static void fill(Path aside) throws IOException {
        FirstRecordings recordings = new FirstRecordings();
        recordings.write(Files.createDirectory(aside.resolve(RECORDINGS)));
        WholeFile.write(aside.resolve(CONFIGURATION), text(CONFIGURATION));
        WholeFile.write(aside.resolve(TABLE), text(TABLE) + recordings.rows(RECORDINGS));
    }

    /** Takes the names one by one where the directory is there: it may be the one that the user's shell stands in. */
    private void moveInto(Path aside) throws IOException {
        if (!Files.exists(directory)) {
            Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        for (String name : List.of(RECORDINGS, CONFIGURATION, TABLE)) {
            Files.move(aside.resolve(name), directory.resolve(name));
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = FirstDirectory.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
