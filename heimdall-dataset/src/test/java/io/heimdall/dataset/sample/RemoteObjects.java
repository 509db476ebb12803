package io.heimdall.dataset.sample;

import io.heimdall.files.ObjectFiles;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStore;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store's objects as if they were on a server, which notes what is asked of it.
 *
 * @param digests whether the server knows them
 * @param asked {@code fetch NAME} and {@code open NAME}, in order
 */
record RemoteObjects(ObjectStore store, boolean digests, List<String> asked) implements ObjectFiles, ObjectRanges {

    static RemoteObjects of(ObjectStore store, boolean digests) {
        return new RemoteObjects(store, digests, new ArrayList<>());
    }

    @Override
    public Path fetch(ObjectKey key) throws IOException {
        asked.add("fetch " + key.name());
        return store.fetch(key);
    }

    @Override
    public Optional<ObjectRanges> ranges() {
        return Optional.of(this);
    }

    @Override
    public ObjectVersion version(ObjectKey key) throws IOException {
        String sha256 = store.sha256(key);
        return new ObjectVersion(key, sha256, store.size(key), digests ? Optional.of(sha256) : Optional.empty());
    }

    @Override
    public SeekableByteChannel open(ObjectVersion version) throws IOException {
        asked.add("open " + version.key().name());
        return FileChannel.open(store.fetch(version.key()));
    }

    @Override
    public ObjectKey beside(ObjectKey key, String name) throws IOException {
        try (Stream<Path> files = Files.list(store.fetch(key).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .map(key::sibling)
                    .orElse(key.sibling(name));
        }
    }
}
