package io.heimdall.tracking.filestore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.heimdall.files.DiskFaults;
import io.heimdall.files.WholeFile;
import io.heimdall.tracking.RecordFormatException;
import io.heimdall.tracking.TrackingException;
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
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a file store: small files, written to a temporary file and renamed. */
public final class StoreFiles {
    /** Name of the file that makes a directory an experiment, a run, a model or a version. */
    public static final String META = "meta.yaml";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private StoreFiles() {}

    /** Writes a file; what a crash leaves of it lies in {@code staging}, a directory of the same disk. */
    public static void write(Path file, Path staging, String content) throws IOException {
        Files.createDirectories(file.getParent());
        WholeFile.write(file, staging, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a line in one write, so that a reader sees it whole or, after a crash, at worst without its end. */
    public static void append(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Copies a file whole or not at all; a model file, which nobody ever writes to, is linked to save 45 MB. */
    public static void copy(Path source, Path target, Path staging) throws IOException {
        Files.createDirectories(target.getParent());
        WholeFile.make(target, staging, aside -> {
            if (!source.toString().endsWith(".onnx") || !link(source, aside)) {
                Files.copy(source, aside, LinkOption.NOFOLLOW_LINKS);
            }
            return aside;
        });
    }

    private static boolean link(Path source, Path target) {
        try {
            Files.createLink(target, source);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // another disk, or one without links: it is copied then
        }
    }

    public static void writeYaml(Path file, Map<String, ?> content) throws IOException {
        write(file, file.getParent(), YAML.writeValueAsString(content));
    }

    public static Map<String, Object> readYaml(Path file) throws IOException {
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
    public static List<Path> described(Path directory) throws IOException {
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
    public static List<Path> files(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Returns the exception for a caller. */
    public static TrackingException fault(String subject, String message, IOException cause) {
        boolean mayPass = !(cause instanceof RecordFormatException) && DiskFaults.mayPass(cause);
        return new TrackingException(subject, message, cause, mayPass);
    }

    /** Says in words what is wrong; the JDK's own messages on files are bare names. */
    public static String reason(IOException fault) {
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
}
