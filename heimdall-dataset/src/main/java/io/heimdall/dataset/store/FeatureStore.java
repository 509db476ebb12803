package io.heimdall.dataset.store;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Features of recordings by key, as many as there are.
 *
 * <p>Several threads may share a store, and several processes and machines may write to the same place without locks. An entry never
 * changes, since its key says all that it follows from. What {@link #put} took is seen by this store at once. Others see it, and it
 * survives a kill, once it is published: by {@link #flush} or {@link #close}, when a shard is full, or by a later {@code put} if the
 * oldest entry has waited for ten seconds.
 */
public interface FeatureStore extends AutoCloseable {

    /**
     * Returns an entry, if there is one whose checksum is right.
     *
     * @param key of the entry
     * @return row-major (mels, frames), decibels relative to full scale; a fresh array
     * @throws IOException if the storage cannot answer, or did not a minute ago or less
     */
    Optional<float[]> find(FeatureKey key) throws IOException;

    /**
     * Returns many entries, as {@link #find} does each. Those that lie close together are read in one go.
     *
     * @param keys of the entries
     * @param likely names of shards that are looked into first, from {@link #shardOf}; any of them may be gone
     * @return the entries that are there, in fresh arrays
     * @throws IOException as {@link #find} does
     */
    default Map<FeatureKey, float[]> findAll(Collection<FeatureKey> keys, Collection<String> likely)
            throws IOException {
        Map<FeatureKey, float[]> found = new HashMap<>();
        for (FeatureKey key : keys) {
            find(key).ifPresent(features -> found.put(key, features));
        }
        return found;
    }

    /**
     * Returns the name of the shard that has an entry now; a compaction may merge it into another at any time.
     *
     * @param key of the entry
     * @return empty if the entry is not there, not published, or the store has no shards
     * @throws IOException as {@link #find} does
     */
    default Optional<String> shardOf(FeatureKey key) throws IOException {
        return Optional.empty();
    }

    /**
     * Keeps an entry. An entry of the same key has the same features, so nothing is lost if both stay.
     *
     * @param key of the entry
     * @param features row-major (mels, frames), decibels relative to full scale
     * @return the features with the store's precision, as {@link #find} gives them; may be the same array
     * @throws IllegalArgumentException if the number of features is not that of the key
     * @throws IOException if a shard was to be published and cannot be; its entries are not kept then, unless the thread was interrupted
     */
    default float[] put(FeatureKey key, float[] features) throws IOException {
        return put(key, features, () -> {});
    }

    /**
     * Keeps an entry as {@link #put(FeatureKey, float[])} does, and tells when it survives a kill.
     *
     * @param published run once the entry is published, in the thread that published it; never where the entry is not kept
     */
    float[] put(FeatureKey key, float[] features, Runnable published) throws IOException;

    /** Returns the precision of what it keeps. */
    Precision precision();

    /**
     * Publishes what {@link #put} took.
     *
     * @throws IOException if it cannot be published; it is not kept then, unless the thread was interrupted: it still waits
     */
    void flush() throws IOException;

    /**
     * Returns the number of entries; one that two writers have stored counts twice.
     *
     * @throws IOException if the storage cannot answer
     */
    long count() throws IOException;

    /**
     * Merges small shards, leaves out damaged entries, and lists all entries in one index. Others may read and write meanwhile.
     *
     * @return what was done
     * @throws IOException if the storage fails; no entry is lost then
     */
    Compaction compact() throws IOException;

    /** Publishes what {@link #put} took. */
    @Override
    void close() throws IOException;

    /**
     * What a compaction did.
     *
     * @param shardsBefore number of shards before
     * @param shardsAfter number of shards after
     * @param entries number of entries after
     * @param left number of entries of the merged shards that were left out, since they were damaged or there twice
     */
    record Compaction(int shardsBefore, int shardsAfter, long entries, long left) {}
}
