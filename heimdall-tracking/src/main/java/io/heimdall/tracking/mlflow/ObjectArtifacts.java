package io.heimdall.tracking.mlflow;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectStore;
import io.heimdall.tracking.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Artifacts in an object store that the server sees too.
 *
 * @param store that has them
 * @param root the first part of their keys
 */
record ObjectArtifacts(ObjectStore store, ObjectKey root) implements ArtifactRoot {

    @Override
    public void put(Path file, String path) {
        asking(path, () -> {
            store.put(key(path), file);
            return null;
        });
    }

    @Override
    public boolean exists(String path) {
        return asking(path, () -> store.exists(key(path)) || !below(path).isEmpty());
    }

    @Override
    public Optional<Path> fetch(String path) {
        return asking(path, () -> {
            if (store.exists(key(path))) {
                return Optional.of(store.fetch(key(path)));
            }
            Path directory = null;
            for (ObjectKey key : below(path)) {
                Path file = store.fetch(key);
                // Up from the file to the directory that was asked for.
                long depth = key.key()
                        .substring(key(path).key().length())
                        .chars()
                        .filter(c -> c == '/')
                        .count();
                directory = file;
                for (long i = 0; i < depth; i++) {
                    directory = directory.getParent();
                }
            }
            return Optional.ofNullable(directory);
        });
    }

    private List<ObjectKey> below(String path) throws IOException {
        return store.list(root.bucket(), key(path).key() + "/");
    }

    private ObjectKey key(String path) {
        return new ObjectKey(root.bucket(), root.key() + "/" + path);
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T asking(String path, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            String artifact = "artifact " + path + " in " + root;
            throw new UnavailableException(artifact, artifact + ": " + e.getMessage(), e);
        }
    }
}
