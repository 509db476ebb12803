package io.heimdall.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes files that appear whole or not at all: to a temporary file, forced to the disk, then renamed. Every reader
 * sees the old file or the new one.
 *
 * <p>A process that is killed while it writes leaves a partial file, whose name begins with a dot and ends in
 * {@code .part}.
 */
public final class WholeFile {
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private WholeFile() {}

    /** Something that writes a file's content. */
    public interface Content {
        /** Writes to a buffered stream, which need not be closed. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Something that makes a file.
     *
     * @param <T> the result of the writer
     * @param <E> how it fails
     */
    public interface Making<T, E extends Exception> {
        /** Makes the file, which is not there yet; the folder is. */
        T at(Path aside) throws IOException, E;
    }

    /**
     * Writes a text in UTF-8.
     *
     * @throws IOException if it cannot be written; an older file stays as it was
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes.
     *
     * @throws IOException if they cannot be written; an older file stays as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, out -> out.write(content));
    }

    /**
     * Writes what a function gives.
     *
     * @throws IOException if it cannot be written; an older file stays as it was
     */
    public static void write(Path file, Content content) throws IOException {
        make(file, aside -> forced(aside, content));
    }

    /**
     * Writes what a function gives, aside in a folder of the caller's choice.
     *
     * @param staging a folder of the same disk
     * @throws IOException if it cannot be written; an older file stays as it was
     */
    public static void write(Path file, Path staging, Content content) throws IOException {
        make(file, staging, aside -> forced(aside, content));
    }

    /**
     * Lets a function make a file, and renames it if the function ends well. What was made is not forced to the disk.
     *
     * @return what the function returned
     * @throws IOException if the file cannot be renamed, or from the function; an older file stays as it was
     * @throws E from the function
     */
    public static <T, E extends Exception> T make(Path file, Making<T, E> making) throws IOException, E {
        return make(file, file.toAbsolutePath().getParent(), making);
    }

    /**
     * Lets a function make a file in a folder of the caller's choice, and renames it if the function ends well.
     *
     * @param staging a folder of the same disk
     * @return what the function returned
     * @throws IOException if the file cannot be renamed, or from the function; an older file stays as it was
     * @throws E from the function
     */
    public static <T, E extends Exception> T make(Path file, Path staging, Making<T, E> making) throws IOException, E {
        Path aside = aside(staging, file.getFileName().toString());
        try {
            T made = making.at(aside);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } finally {
            remove(aside);
        }
    }

    /** A part that cannot be removed is no reason to hide why there is one. */
    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            return; // as after a kill
        }
    }

    /**
     * Returns a new name for a file that is being written, which is one of a part.
     *
     * @param staging the folder; it is not looked for
     * @param name of the file to be, or of its kind
     */
    public static Path aside(Path staging, String name) {
        return staging.resolve("." + name + "." + UUID.randomUUID() + PART);
    }

    /** Returns whether a file is what a killed process left of one that it was writing. */
    public static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(PART);
    }

    /**
     * Removes what killed processes left in a folder a day ago or earlier.
     *
     * @param folder that need not be there
     * @throws IOException if it cannot be looked for
     */
    public static void removeOldParts(Path folder) throws IOException {
        removeOld(folder, WholeFile::isPart);
    }

    /**
     * Removes files of a folder that were written a day ago or earlier. One that its writer renames meanwhile stays.
     *
     * @param folder that need not be there
     * @param which whether a file may be removed
     * @throws IOException if they cannot be looked for
     */
    public static void removeOld(Path folder, Predicate<Path> which) throws IOException {
        Instant before = Instant.now().minus(ABANDONED);
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(which).toList();
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return;
        }
        for (Path file : found) {
            if (isAbandoned(file, before)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isAbandoned(Path file, Instant before) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException renamed) { // its writer was at work, and is done
            return false;
        }
    }

    /**
     * Writes a new file and forces it to the disk: the caller gives it another name, or removes it.
     *
     * @return the file
     * @throws IOException if it is there already or cannot be written; a part of it may be there then
     */
    public static Path forced(Path aside, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
        return aside;
    }
}
