package io.heimdall.dataset.store;

import io.heimdall.files.Interruptions;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** A feature store of shards, whatever keeps their files. */
final class ShardedFeatureStore implements FeatureStore {

    /** What others have published is looked for when an entry is missing, but not more often. */
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(5);

    /** A key is looked for in each shard that no index lists: with more of them, an index is written. */
    private static final int MOST_UNLISTED = 64;

    private static final int MOST_LOOKS = 4;

    private final ShardFiles files;
    private final Precision precision;
    private final Waiting waiting = new Waiting();
    private final Object writing = new Object();
    private final Object listing = new Object();
    private volatile ShardSet shards = ShardSet.empty();
    private volatile long listedAt;
    private volatile boolean listed;

    ShardedFeatureStore(ShardFiles files, Precision precision) {
        this.files = files;
        this.precision = precision;
    }

    @Override
    public Optional<float[]> find(FeatureKey key) throws IOException {
        Optional<byte[]> row = waiting.find(key);
        if (row.isPresent()) {
            return Optional.of(precision.decode(littleEndian(row.get()), key.size()));
        }
        Optional<float[]> found = look(listed ? shards : current(), key);
        if (found.isEmpty() && isOld()) {
            found = look(current(), key);
        }
        return found;
    }

    private boolean isOld() {
        return !listed || System.nanoTime() - listedAt > BETWEEN_LISTINGS.toNanos();
    }

    /** Looks again where a compaction has removed a shard meanwhile. */
    private Optional<float[]> look(ShardSet set, FeatureKey key) throws IOException {
        ShardSet seen = set;
        for (int i = 0; i < MOST_LOOKS; i++) {
            try {
                return read(seen, key);
            } catch (NoSuchFileException compacted) {
                seen = refresh();
            }
        }
        return Optional.empty();
    }

    private Optional<float[]> read(ShardSet set, FeatureKey key) throws IOException {
        NoSuchFileException gone = null;
        for (Entry entry : set.find(key, precision)) {
            try {
                Optional<float[]> features = read(entry);
                if (features.isPresent()) {
                    return features;
                }
            } catch (NoSuchFileException e) {
                gone = e;
            }
        }
        if (gone != null) {
            throw gone;
        }
        return Optional.empty();
    }

    /** Returns nothing where the bytes are not those that were written. */
    private Optional<float[]> read(Entry entry) throws IOException {
        Shard shard = entry.shard();
        try {
            ByteBuffer row = files.read(shard.file(), shard.rowAt(entry.row()), shard.rowBytes());
            return ShardWriter.checksum(row) == entry.checksum()
                    ? Optional.of(precision.rounded(shard.precision().decode(row, shard.size())))
                    : Optional.empty();
        } catch (EOFException cut) {
            return Optional.empty();
        }
    }

    private static ByteBuffer littleEndian(byte[] row) {
        return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Lists anew unless another thread just did. */
    private ShardSet current() throws IOException {
        synchronized (listing) {
            return isOld() ? refresh() : shards;
        }
    }

    private ShardSet refresh() throws IOException {
        synchronized (listing) {
            shards = ShardSet.list(files, shards);
            listedAt = System.nanoTime();
            listed = true;
            return shards;
        }
    }

    @Override
    public float[] put(FeatureKey key, float[] features, Runnable published) throws IOException {
        if (features.length != key.size()) {
            throw new IllegalArgumentException(
                    features.length + " features are not the " + key.size() + " of " + key.parameters());
        }
        byte[] row = new byte[features.length * precision.bytes()];
        precision.encode(features, littleEndian(row));
        synchronized (writing) {
            if (waiting.add(key, row, published)) {
                publish();
            }
        }
        return precision.rounded(features);
    }

    @Override
    public void flush() throws IOException {
        synchronized (writing) {
            publish();
        }
    }

    private void publish() throws IOException {
        try {
            for (SortedMap<FeatureKey, byte[]> rows : waiting.groups()) {
                publish(rows);
                waiting.published(rows.keySet());
            }
        } catch (IOException e) {
            if (!Interruptions.ended(e)) { // or they wait for a thread that is not interrupted
                waiting.clear(); // or they would fill the memory
            }
            throw e;
        }
        if (shards.recent().size() > MOST_UNLISTED) {
            writeIndex();
        }
    }

    private void publish(SortedMap<FeatureKey, byte[]> rows) throws IOException {
        Path aside = files.aside();
        try {
            Shard shard = ShardWriter.write(aside, rows.firstKey().parameters(), precision, rows);
            files.publish(shard.file(), aside);
            synchronized (listing) {
                shards = shards.with(OpenShard.open(files, shard.id()));
            }
        } catch (NoSuchFileException compactedAtOnce) {
            refresh();
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Writes an index even where the old one cannot be read; returns the number of entries. */
    private long listAll() throws IOException {
        try {
            writeIndex();
        } catch (DamagedFileException damage) {
            for (String damaged : refresh().indexes()) {
                files.delete(damaged);
            }
            writeIndex();
        }
        return shards.count();
    }

    /** Lists all entries in one index; leaves it to others if they do the same. */
    private void writeIndex() throws IOException {
        try {
            replaceIndexes(refresh());
        } catch (NoSuchFileException replacedByOthers) {
            refresh();
        }
    }

    /** Writes one index, and removes those that it replaces. */
    private void replaceIndexes(ShardSet set) throws IOException {
        if (set.shards().isEmpty()) {
            return;
        }
        Path aside = files.aside();
        try {
            String written = IndexHeader.file(IndexWriter.write(aside, set.shards(), set.entries()));
            files.publish(written, aside);
            for (String older : set.indexes()) {
                if (!older.equals(written)) {
                    files.delete(older);
                }
            }
        } finally {
            Files.deleteIfExists(aside);
        }
        refresh();
    }

    @Override
    public long count() throws IOException {
        return refresh().count() + waiting.count();
    }

    @Override
    public Compaction compact() throws IOException {
        synchronized (writing) {
            publish();
            return new Compactor(files).compact(refresh(), this::listAll);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
