package io.heimdall.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files: {@code <directory>/<bucket>/<key>}.
 *
 * <p>Writes go to {@code <directory>/.incoming} and are renamed, so that a killed process leaves the old object or
 * the new one. Large files of the same file system are shared by a hard link instead of being copied.
 */
public final class DirectoryObjectStore implements ObjectStore {

    /** Below this a copy costs less than the surprise of a shared file. */
    private static final long LINK_FROM_BYTES = 16L << 20;

    private final Path directory;
    private final Path incoming;

    private DirectoryObjectStore(Path directory) {
        this.directory = directory;
        this.incoming = directory.resolve(".incoming");
    }

    /**
     * Opens a store, making the directory if need be.
     *
     * @param directory root of the store
     * @return the store
     * @throws IOException if the directory cannot be made
     */
    public static DirectoryObjectStore open(Path directory) throws IOException {
        DirectoryObjectStore store =
                new DirectoryObjectStore(directory.toAbsolutePath().normalize());
        Files.createDirectories(store.incoming);
        return store;
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        Path aside = aside();
        try {
            if (Files.size(file) < LINK_FROM_BYTES || !linked(aside, file)) {
                Files.copy(file, aside);
            }
            publish(aside, key);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    @Override
    public void put(ObjectKey key, InputStream content) throws IOException {
        Path aside = aside();
        try {
            Files.copy(content, aside);
            publish(aside, key);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        return Files.newInputStream(fetch(key));
    }

    @Override
    public Path fetch(ObjectKey key) throws IOException {
        Path file = path(key);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(key.toString());
        }
        return file;
    }

    @Override
    public long size(ObjectKey key) throws IOException {
        return Files.size(fetch(key));
    }

    @Override
    public boolean exists(ObjectKey key) {
        return Files.isRegularFile(path(key));
    }

    @Override
    public List<ObjectKey> list(String bucket, String prefix) throws IOException {
        Path root = directory.resolve(bucket);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        // The folder part of the prefix is walked alone: a session's objects are found without reading all others.
        Path start = prefix.contains("/") ? root.resolve(prefix.substring(0, prefix.lastIndexOf('/'))) : root;
        if (!start.normalize().startsWith(root) || !Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(key -> key.startsWith(prefix))
                    .map(key -> new ObjectKey(bucket, key))
                    .sorted(Comparator.comparing(ObjectKey::key))
                    .toList();
        }
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        Path file = path(key);
        if (Files.isRegularFile(file)) {
            Files.delete(file);
        }
    }

    private Path aside() throws IOException {
        Files.createDirectories(incoming);
        return incoming.resolve(UUID.randomUUID().toString());
    }

    private static boolean linked(Path link, Path existing) {
        try {
            Files.createLink(link, existing.toRealPath());
            return true;
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            return false;
        }
    }

    private void publish(Path aside, ObjectKey key) throws IOException {
        Path file = path(key);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(key.toString(), null, "is a folder of other objects");
        }
        // Renaming one link of a file onto another does nothing, by POSIX: then the object is there already.
        try {
            Files.createDirectories(file.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new NotDirectoryException(e.getFile());
        }
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path path(ObjectKey key) {
        return directory.resolve(key.bucket()).resolve(key.key());
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
