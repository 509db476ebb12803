package io.heimdall.dataset.ingest;

import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Local files behind the interface of an object store. They stay in their place.
 *
 * @param files by name
 */
public record LocalFiles(Map<ObjectKey, Path> files) implements ObjectFiles {

    /** Copies the map. */
    public LocalFiles {
        files = Map.copyOf(files);
    }

    @Override
    public Path fetch(ObjectKey key) throws NoSuchFileException {
        Path file = files.get(key);
        if (file == null) {
            throw new NoSuchFileException(key.toString());
        }
        return file;
    }
}
