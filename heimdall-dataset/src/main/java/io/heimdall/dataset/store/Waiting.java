package io.heimdall.dataset.store;

import io.heimdall.features.spectrum.FeatureParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Entries that wait until there are enough for a shard. For one writing thread at a time and any number of reading ones. */
final class Waiting {

    /** At 128 x 32 features of 32 bits, both limits are reached at once. */
    private static final int MOST_ENTRIES = 4_096;

    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<FeatureKey, byte[]> rows = new ConcurrentHashMap<>();
    private final Map<FeatureKey, Runnable> told = new HashMap<>();
    private long bytes;
    private long since;

    /** Adds an entry; returns whether all should be published now. */
    boolean add(FeatureKey key, byte[] row) {
        return add(key, row, () -> {});
    }

    /**
     * Adds an entry; returns whether all should be published now.
     *
     * @param published run when the entry is
     */
    boolean add(FeatureKey key, byte[] row, Runnable published) {
        if (rows.isEmpty()) {
            since = System.nanoTime();
            bytes = 0;
        }
        if (rows.put(key, row) == null) {
            bytes += row.length;
        }
        told.merge(key, published, (one, other) -> () -> {
            one.run();
            other.run();
        });
        return isFull() || System.nanoTime() - since > LONGEST.toNanos();
    }

    /** Returns whether there are enough entries for a shard. */
    boolean isFull() {
        return rows.size() >= MOST_ENTRIES || bytes >= MOST_BYTES;
    }

    /** Returns whether a shard is worth merging with others like it. */
    static boolean isSmall(Shard shard) {
        return shard.count() <= MOST_ENTRIES / 2 && (long) shard.count() * shard.rowBytes() <= MOST_BYTES / 2;
    }

    Optional<byte[]> find(FeatureKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    int count() {
        return rows.size();
    }

    /** Returns the entries of each set of parameters, which goes into a shard of its own. */
    List<SortedMap<FeatureKey, byte[]>> groups() {
        Map<FeatureParameters, SortedMap<FeatureKey, byte[]>> groups = new ConcurrentHashMap<>();
        rows.forEach((key, row) ->
                groups.computeIfAbsent(key.parameters(), any -> new TreeMap<>()).put(key, row));
        return new ArrayList<>(groups.values());
    }

    /** Removes entries that were published, and tells those who put them. */
    void published(Collection<FeatureKey> keys) {
        for (FeatureKey key : keys) {
            bytes -= rows.remove(key).length;
            told.remove(key).run();
        }
    }

    /** Removes all entries. */
    void clear() {
        rows.clear();
        told.clear();
    }
}
