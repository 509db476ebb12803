package io.heimdall.dataset.store;

import io.heimdall.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Shards as files of a directory, mapped into memory. A file that was removed stays readable for those who have it mapped. */
final class DirectoryShardFiles implements ShardFiles {
    private final Path directory;
    private final Map<String, MappedFile> maps = new ConcurrentHashMap<>();

    DirectoryShardFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            maps.keySet().retainAll(names);
            return names;
        } catch (NoSuchFileException | NotDirectoryException nothingWritten) {
            return List.of();
        }
    }

    @Override
    public ByteBuffer read(String name, long offset, int length) throws IOException {
        MappedFile map = maps.get(name);
        if (map == null) {
            map = MappedFile.open(directory.resolve(name));
            maps.put(name, map);
        }
        return map.slice(offset, length);
    }

    @Override
    public Path aside() throws IOException {
        Files.createDirectories(directory);
        return WholeFile.aside(directory, "shard");
    }

    @Override
    public void publish(String name, Path aside) throws IOException {
        Files.move(aside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        maps.remove(name); // that of a damaged file of the same content
    }

    @Override
    public void delete(String name) throws IOException {
        maps.remove(name);
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void tidy() throws IOException {
        WholeFile.removeOldParts(directory);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
