package io.heimdall.dataset.sample;

import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.FeatureStores;
import io.heimdall.dataset.store.Precision;
import io.heimdall.files.Interruptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps computed features in a feature store, which may be deleted at any time.
 *
 * <p>The key of an entry is the hash of all its inputs, so entries never become stale, and random draws are never cached. A damaged entry
 * is computed again; a store that cannot be read or written makes the work slow, and a warning says so. Thread-safe, also between
 * processes.
 */
public final class FeatureCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);

    private final Optional<FeatureStore> store;
    private final Optional<OldFeatures> old;
    private final AtomicBoolean warned = new AtomicBoolean();

    private FeatureCache(Optional<FeatureStore> store, Optional<OldFeatures> old) {
        this.store = store;
        this.old = old;
    }

    /**
     * Opens a cache in a directory. Files of earlier versions, one a recording, are moved into its store when they are first used.
     *
     * @param directory made when first needed
     */
    public FeatureCache(Path directory) {
        this(FeatureStores.directory(directory), directory);
    }

    /**
     * Returns a cache in a store.
     *
     * @param store closed with the cache
     * @param old directory where earlier versions kept features, which need not be there
     */
    public FeatureCache(FeatureStore store, Path old) {
        this(Optional.of(store), Optional.of(new OldFeatures(old)));
    }

    /**
     * Returns a cache in a store.
     *
     * @param store closed with the cache
     */
    public static FeatureCache over(FeatureStore store) {
        return new FeatureCache(Optional.of(store), Optional.empty());
    }

    /** Returns a cache that keeps nothing, for recordings that are looked at once. */
    public static FeatureCache none() {
        return new FeatureCache(Optional.empty(), Optional.empty());
    }

    /** Computes features that the cache does not have. */
    @FunctionalInterface
    interface Computation {
        float[] run() throws IOException;
    }

    /**
     * Returns an entry, computed and stored if it is not there. A cache that cannot be written is only slow, and says so.
     *
     * @return a fresh array
     */
    float[] get(FeatureKey key, Computation computation) throws IOException {
        if (store.isEmpty()) {
            return computation.run();
        }
        Optional<float[]> kept = kept(key);
        if (kept.isPresent()) {
            return kept.get();
        }
        Optional<float[]> earlier = earlier(key);
        float[] features = earlier.isPresent() ? earlier.get() : computation.run();
        try {
            // Of what a store of half floats keeps, the file is the exact original, which another precision may need.
            boolean moves = earlier.isPresent() && store.get().precision() == Precision.FLOAT32;
            return moves
                    ? store.get().put(key, features, () -> removeOld(key))
                    : store.get().put(key, features);
        } catch (IOException e) {
            goOn("cannot keep features", e);
            return features;
        }
    }

    private void removeOld(FeatureKey published) {
        try {
            old.orElseThrow().remove(published);
        } catch (IOException e) {
            LOG.debug("features of an earlier version stay: {}", e.toString());
        }
    }

    private Optional<float[]> kept(FeatureKey key) throws IOException {
        try {
            return store.get().find(key);
        } catch (IOException e) {
            goOn("cannot read kept features", e);
            return Optional.empty();
        }
    }

    /**
     * Returns the entries that the store has; none where it cannot be read.
     *
     * @param likely names of shards that are looked into first
     */
    Map<FeatureKey, float[]> kept(Collection<FeatureKey> keys, Collection<String> likely) throws IOException {
        try {
            return store.isPresent() ? store.get().findAll(keys, likely) : Map.of();
        } catch (IOException e) {
            goOn("cannot read kept features", e);
            return Map.of();
        }
    }

    /** Returns the shard of the store that has an entry. */
    Optional<String> shardOf(FeatureKey key) throws IOException {
        try {
            return store.isPresent() ? store.get().shardOf(key) : Optional.empty();
        } catch (IOException e) {
            goOn("cannot read kept features", e);
            return Optional.empty();
        }
    }

    private Optional<float[]> earlier(FeatureKey key) throws IOException {
        try {
            return old.isPresent() ? old.get().find(key) : Optional.empty();
        } catch (IOException e) {
            goOn("cannot read kept features", e);
            return Optional.empty();
        }
    }

    /**
     * Returns whether an entry is there.
     *
     * @throws IOException if the store cannot answer
     */
    boolean has(FeatureKey key) throws IOException {
        return (store.isPresent() && store.get().find(key).isPresent())
                || (old.isPresent() && old.get().find(key).isPresent());
    }

    /** Publishes what was computed. A cache that cannot be written says so once. */
    public void flush() {
        if (store.isPresent()) {
            try {
                store.get().flush();
            } catch (IOException e) {
                if (Interruptions.ended(e)) {
                    LOG.debug("features wait for the next flush: {}", e.toString());
                } else {
                    warnOnce("cannot keep features", e);
                }
            }
        }
    }

    /**
     * Publishes what was computed, and returns how many recordings have their features computed already.
     *
     * @throws IOException if the store cannot answer
     */
    public long count() throws IOException {
        flush(); // or what is being moved would count twice
        long kept = store.isPresent() ? store.get().count() : 0;
        return old.isPresent() ? kept + old.get().count() : kept;
    }

    /**
     * Merges the small shards of the store.
     *
     * @return what was done; nothing where there is no store
     * @throws IOException if the store fails; no entry is lost then
     */
    public FeatureStore.Compaction compact() throws IOException {
        flush();
        return store.isPresent() ? store.get().compact() : new FeatureStore.Compaction(0, 0, 0, 0);
    }

    /** Publishes what was computed. */
    @Override
    public void close() {
        flush();
    }

    /** A fault of the store makes the work slow; an interrupt ends it. */
    private void goOn(String what, IOException fault) throws IOException {
        if (Interruptions.ended(fault)) {
            throw fault;
        }
        warnOnce(what, fault);
    }

    /** One line is enough: the same fault comes with every recording. */
    private void warnOnce(String what, IOException fault) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("{}: {}; going on without the cache {}", what, fault.toString(), store.get());
        }
    }
}
