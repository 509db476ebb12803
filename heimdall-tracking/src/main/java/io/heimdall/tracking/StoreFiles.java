package io.heimdall.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.heimdall.dataset.internal.DiskFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of a file store: small, written aside and renamed. */
final class StoreFiles {
    /** Name of the file that makes a directory an experiment, a run, a model or a version. */
    static final String META = "meta.yaml";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private StoreFiles() {}

    /** Writes a file; what a crash leaves of it lies in {@code staging}, a directory of the same disk. */
    static void write(Path file, Path staging, String content) throws IOException {
        Path aside = aside(file, staging);
        Files.createDirectories(file.getParent());
        try {
            try (FileChannel channel =
                    FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeAll(channel, content);
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Adds a line in one write, so that a reader sees it whole or, after a crash, at worst without its end. */
    static void append(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writeAll(channel, line + "\n");
        }
    }

    private static void writeAll(FileChannel channel, String content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Copies a file whole or not at all; a model file, which nobody ever writes to, is linked to save 45 MB. */
    static void copy(Path source, Path target, Path staging) throws IOException {
        Path aside = aside(target, staging);
        Files.createDirectories(target.getParent());
        try {
            if (!source.toString().endsWith(".onnx") || !link(source, aside)) {
                Files.copy(source, aside, LinkOption.NOFOLLOW_LINKS);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static boolean link(Path source, Path target) {
        try {
            Files.createLink(target, source);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // another disk, or one without links: it is copied then
        }
    }

    static void writeYaml(Path file, Map<String, ?> content) throws IOException {
        write(file, file.getParent(), YAML.writeValueAsString(content));
    }

    static Map<String, Object> readYaml(Path file) throws IOException {
        try {
            Map<String, Object> content =
                    YAML.readValue(Files.readString(file), new TypeReference<Map<String, Object>>() {});
            if (content == null) {
                throw new RecordFormatException(file, "", "the file is empty", null);
            }
            return content;
        } catch (JsonProcessingException e) {
            throw new RecordFormatException(file, "", "not YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the directories in {@code directory} that have a {@link #META}, in the order of their names. */
    static List<Path> described(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(META)))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the regular files below {@code directory}, or itself if it is one, in the order of their paths. */
    static List<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Returns the exception for a caller. */
    static TrackingException fault(String subject, String message, IOException cause) {
        boolean mayPass = !(cause instanceof RecordFormatException) && DiskFaults.mayPass(cause);
        return new TrackingException(subject, message, cause, mayPass);
    }

    /** Says in words what is wrong; the JDK's own messages on files are bare names. */
    static String reason(IOException fault) {
        if (fault instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (fault instanceof NotDirectoryException file) {
            return file.getFile() + ": is not a directory";
        }
        if (fault instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    private static Path aside(Path file, Path staging) {
        return staging.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    }
}
