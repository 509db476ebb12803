package io.heimdall.dataset.store;

import io.heimdall.files.Interruptions;
import io.heimdall.files.ObjectStoreException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feature store of shards, whatever keeps their files. */
final class ShardedFeatureStore implements FeatureStore {
    private static final Logger LOG = LoggerFactory.getLogger(ShardedFeatureStore.class);

    /** What others have published is looked for when an entry is missing, but not more often. */
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(5);

    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private static final int MOST_LOOKS = 4;

    private final ShardFiles files;
    private final Precision precision;
    private final Waiting waiting = new Waiting();
    private final Object writing = new Object();
    private final Object listing = new Object();
    private final ReentrantLock indexing = new ReentrantLock();
    private final Outage outage;
    private volatile ShardSet shards = ShardSet.empty();
    private volatile long listedAt;
    private volatile boolean listed;
    private boolean tidied;

    ShardedFeatureStore(ShardFiles files, Precision precision) {
        this(files, precision, AFTER_A_FAULT);
    }

    /** Prepares a store that leaves its files alone for a while when they cannot be listed, or their server is away. */
    ShardedFeatureStore(ShardFiles files, Precision precision, Duration afterFault) {
        this.files = files;
        this.precision = precision;
        this.outage = new Outage(afterFault);
    }

    @Override
    public Optional<float[]> find(FeatureKey key) throws IOException {
        Optional<byte[]> row = waiting.find(key);
        if (row.isPresent()) {
            return Optional.of(precision.decode(littleEndian(row.get()), key.size()));
        }
        outage.check();
        try {
            return published(key);
        } catch (IOException e) {
            noteOutage(e);
            throw e;
        }
    }

    @Override
    public Map<FeatureKey, float[]> findAll(Collection<FeatureKey> keys, Collection<String> likely) throws IOException {
        outage.check();
        try {
            ManyRows rows = new ManyRows(files, precision, keys);
            rows.readFrom(likely);
            look(seen(), rows::readFrom);
            return rows.found(this::find);
        } catch (IOException e) {
            noteOutage(e);
            throw e;
        }
    }

    @Override
    public Optional<String> shardOf(FeatureKey key) throws IOException {
        outage.check();
        try {
            return look(
                    seen(),
                    set -> set.find(key, precision).stream()
                            .findFirst()
                            .map(entry -> entry.shard().id()));
        } catch (IOException e) {
            noteOutage(e);
            throw e;
        }
    }

    private ShardSet seen() throws IOException {
        return listed ? shards : current();
    }

    private Optional<float[]> published(FeatureKey key) throws IOException {
        Optional<float[]> found = look(seen(), set -> read(set, key));
        if (found.isEmpty() && isOld()) {
            found = look(current(), set -> read(set, key));
        }
        return found;
    }

    private void noteOutage(IOException fault) {
        if (fault instanceof ObjectStoreException server && server.mayPassLater() && !Interruptions.ended(fault)) {
            outage.began(fault);
        }
    }

    private boolean isOld() {
        return !listed || System.nanoTime() - listedAt > BETWEEN_LISTINGS.toNanos();
    }

    /** Looks for something in the shards as they were listed. */
    private interface Look<T> {
        Optional<T> in(ShardSet set) throws IOException;
    }

    /** Looks again where others have removed a shard or replaced the index meanwhile, or the index is damaged. */
    private <T> Optional<T> look(ShardSet set, Look<T> look) throws IOException {
        ShardSet seen = set;
        for (int i = 0; i < MOST_LOOKS; i++) {
            try {
                return look.in(seen);
            } catch (NoSuchFileException removed) {
                seen = listedAfter(seen);
            } catch (DamagedFileException damage) {
                seen = without(damage.file(), damage);
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
            outage.check();
            return isOld() ? refresh() : shards;
        }
    }

    /** Lists anew unless another thread did since this one looked. */
    private ShardSet listedAfter(ShardSet seen) throws IOException {
        synchronized (listing) {
            outage.check();
            return shards == seen ? refresh() : shards;
        }
    }

    /** Lists anew without a file that is damaged. */
    private ShardSet without(String file, DamagedFileException damage) throws IOException {
        synchronized (listing) {
            if (shards.damaged().contains(file)) {
                return shards;
            }
            LOG.warn("{}; the shards of {} are read without it", damage.getMessage(), file);
            shards = shards.passingOver(file);
            return refresh();
        }
    }

    private ShardSet refresh() throws IOException {
        synchronized (listing) {
            try {
                shards = ShardSet.list(files, shards);
            } catch (IOException e) {
                if (!Interruptions.ended(e)) {
                    outage.began(e);
                }
                throw e;
            }
            outage.ended();
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
        boolean more = false;
        synchronized (writing) {
            if (waiting.add(key, row, published)) {
                more = publishUnlessAway();
            }
        }
        if (more) {
            listIfWorthIt();
        }
        return precision.rounded(features);
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public void flush() throws IOException {
        boolean more;
        synchronized (writing) {
            more = publish();
        }
        if (more) {
            listIfWorthIt();
        }
    }

    /** While the storage is away, entries wait as long as there is room. */
    private boolean publishUnlessAway() throws IOException {
        try {
            outage.check();
        } catch (IOException away) {
            if (waiting.isFull()) {
                waiting.clear();
                throw away;
            }
            return false;
        }
        return publish();
    }

    /** Returns whether there was something to publish. */
    private boolean publish() throws IOException {
        boolean some = waiting.count() > 0;
        try {
            for (SortedMap<FeatureKey, byte[]> rows : waiting.groups()) {
                publish(rows);
                waiting.published(rows.keySet());
            }
        } catch (IOException e) {
            if (!Interruptions.ended(e)) { // or they wait for a thread that is not interrupted
                waiting.clear(); // or they would fill the memory
            }
            noteOutage(e);
            throw e;
        }
        return some;
    }

    /** Lists all entries in one index where too many shards are in none; others may write meanwhile. */
    private void listIfWorthIt() throws IOException {
        if (!shards.needsIndex() || !indexing.tryLock()) {
            return;
        }
        try {
            ShardSet set = refresh();
            if (set.needsIndex()) {
                writeIndex(set);
            }
        } catch (IOException e) {
            if (Interruptions.ended(e)) {
                throw e;
            }
            LOG.warn("cannot list the entries of {} in an index; it is tried again: {}", this, e.toString());
        } finally {
            indexing.unlock();
        }
    }

    private void publish(SortedMap<FeatureKey, byte[]> rows) throws IOException {
        tidyOnce();
        try {
            Shard shard = ShardWriter.publish(files, rows.firstKey().parameters(), precision, rows);
            synchronized (listing) {
                shards = shards.with(OpenShard.open(files, shard.id()));
            }
        } catch (NoSuchFileException compactedAtOnce) {
            refresh();
        }
    }

    /** Processes that only write would leave their unfinished files for ever: few stores are compacted. */
    private void tidyOnce() {
        if (!tidied) {
            tidied = true;
            try {
                files.tidy();
            } catch (IOException e) {
                LOG.debug("unfinished files of {} stay: {}", this, e.toString());
            }
        }
    }

    /** Lists all entries but those of damaged shards in one index; returns their number. */
    private long listAll(Set<Shard> damaged) throws IOException {
        synchronized (listing) {
            for (Shard shard : damaged) {
                shards = shards.passingOver(shard.file());
            }
        }
        writeIndex(refresh());
        return shards.count();
    }

    /** Leaves it to others if they do the same; writes an index also where the old one cannot be read. */
    private void writeIndex(ShardSet set) throws IOException {
        try {
            replaceIndexes(set);
        } catch (NoSuchFileException replacedByOthers) {
            refresh();
        } catch (DamagedFileException damage) {
            if (set.index().isEmpty()) {
                throw damage;
            }
            // The keys of all other shards were checked when they were opened.
            writeIndex(without(set.index().get().file(), damage));
        }
    }

    /** Writes one index, and removes those that it replaces. */
    private void replaceIndexes(ShardSet set) throws IOException {
        if (set.shards().isEmpty()) {
            return;
        }
        String written = IndexWriter.publish(files, set.shards(), set.entries());
        synchronized (listing) {
            shards = shards.trusting(written);
        }
        for (String older : set.indexes()) {
            if (!older.equals(written)) {
                files.delete(older);
            }
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
