package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The objects of a store, read by ranges where its cache does not have them.
 *
 * @param ahead runs what is read ahead
 */
record S3Ranges(MinioObjectStore store, Executor ahead) implements ObjectRanges {

    @Override
    public ObjectVersion version(ObjectKey key) throws IOException {
        return store.version(key);
    }

    @Override
    public SeekableByteChannel open(ObjectVersion version) throws IOException {
        Optional<Path> kept = store.kept(version);
        if (kept.isPresent()) {
            try {
                return FileChannel.open(kept.get(), StandardOpenOption.READ);
            } catch (NoSuchFileException evicted) {
                return ranged(version);
            }
        }
        return ranged(version);
    }

    private RangedObject ranged(ObjectVersion version) {
        return new RangedObject(version, (start, bytes) -> store.part(version, start, bytes), ahead);
    }

    @Override
    public ObjectKey beside(ObjectKey key, String name) throws IOException {
        ObjectKey exact = key.sibling(name);
        try {
            return store.version(exact).key();
        } catch (NoSuchFileException absent) {
            return otherCase(key, exact).orElse(exact);
        }
    }

    /** Lists few objects: those of the stem that both names have. A folder may hold millions. */
    private Optional<ObjectKey> otherCase(ObjectKey key, ObjectKey exact) throws IOException {
        int same = 0;
        while (same < Math.min(key.key().length(), exact.key().length())
                && key.key().charAt(same) == exact.key().charAt(same)) {
            same++;
        }
        String stem = key.key().substring(0, key.key().substring(0, same).lastIndexOf('.') + 1);
        if (stem.length() <= key.key().lastIndexOf('/') + 1) {
            return Optional.empty();
        }
        return store.list(key.bucket(), stem).stream()
                .filter(other -> other.key().equalsIgnoreCase(exact.key()))
                .findFirst();
    }
}
