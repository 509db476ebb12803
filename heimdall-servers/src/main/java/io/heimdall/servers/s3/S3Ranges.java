package io.heimdall.servers.s3;

import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.files.ObjectVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The objects of a store, read by ranges where its cache does not have them. Thread-safe. */
final class S3Ranges implements ObjectRanges {
    private final Listing listing;
    private final TrustedVersions trusted;
    private final ObjectCache cache;
    private final S3Parts parts;

    S3Ranges(Listing listing, TrustedVersions trusted, ObjectCache cache, S3Parts parts) {
        this.listing = listing;
        this.trusted = trusted;
        this.cache = cache;
        this.parts = parts;
    }

    /** Lists the objects of a bucket whose keys begin with a prefix. */
    interface Listing {
        List<ObjectKey> of(String bucket, String prefix) throws IOException;
    }

    @Override
    public ObjectVersion version(ObjectKey key) throws IOException {
        return trusted.of(key);
    }

    @Override
    public SeekableByteChannel open(ObjectVersion version) throws IOException {
        Optional<Path> kept = cache.find(version.key(), version.tag(), version.length());
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
        return new RangedObject(
                version,
                (start, bytes) -> {
                    try {
                        return parts.read(version, start, bytes);
                    } catch (IOException e) {
                        trusted.remove(version.key()); // it may be another by now
                        throw e;
                    }
                },
                parts.threads());
    }

    @Override
    public ObjectKey beside(ObjectKey key, String name) throws IOException {
        ObjectKey exact = key.sibling(name);
        try {
            return found(key, exact);
        } catch (ObjectStoreException e) {
            if (!e.isRefused()) {
                throw e;
            }
            return exact; // without the right to list, S3 denies access to what is missing
        }
    }

    private ObjectKey found(ObjectKey key, ObjectKey exact) throws IOException {
        try {
            return trusted.of(exact).key();
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
        return listing.of(key.bucket(), stem).stream()
                .filter(other -> other.key().equalsIgnoreCase(exact.key()))
                .findFirst();
    }
}
