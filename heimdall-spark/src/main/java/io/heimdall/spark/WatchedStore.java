package io.heimdall.spark;

import io.heimdall.dataset.store.FeatureKey;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.dataset.store.Precision;
import java.io.IOException;
import java.util.Optional;

/**
 * A feature store that remembers what was put and what went wrong: the cache above it goes on after a fault of the store, and a task, of
 * which the stored features are all that it gives, must not. For one thread; another may call {@link #check}.
 */
final class WatchedStore implements FeatureStore {
    private final FeatureStore store;
    private long puts;
    private volatile IOException fault;

    WatchedStore(FeatureStore store) {
        this.store = store;
    }

    /** Returns how many entries were put. */
    long puts() {
        return puts;
    }

    /**
     * Checks that the store has answered and kept everything so far.
     *
     * @throws IOException the first fault
     */
    void check() throws IOException {
        if (fault != null) {
            throw fault;
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T watched(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (IOException e) {
            fault = fault == null ? e : fault;
            throw e;
        }
    }

    @Override
    public Optional<float[]> find(FeatureKey key) throws IOException {
        return watched(() -> store.find(key));
    }

    @Override
    public float[] put(FeatureKey key, float[] features, Runnable published) throws IOException {
        puts++;
        return watched(() -> store.put(key, features, published));
    }

    @Override
    public Precision precision() {
        return store.precision();
    }

    @Override
    public void flush() throws IOException {
        watched(() -> {
            store.flush();
            return null;
        });
    }

    @Override
    public long count() throws IOException {
        return store.count();
    }

    @Override
    public Compaction compact() throws IOException {
        return store.compact();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
