package io.heimdall.app.service;

import io.heimdall.export.OnnxModel;
import io.heimdall.files.Outcome;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The models that were asked last, open: three of them, and those that are still in use. While one is fetched and opened, who
 * asks for it waits, and nobody else.
 */
final class OpenModels implements AutoCloseable {
    private static final int MOST_OPEN = 3;

    /**
     * Tells models apart.
     *
     * @param name of the model
     * @param version of it
     * @param runId which tells apart versions of a store that was made anew
     */
    private record Key(String name, int version, String runId) {
        static Key of(ModelVersion version) {
            return new Key(version.name(), version.version(), version.runId());
        }
    }

    /** A model and how many use it; guarded by the outer class but for the future. */
    private static final class Entry {
        private final CompletableFuture<Outcome<OnnxModel, IOException>> model = new CompletableFuture<>();
        private int users;
        private boolean dropped;

        private void closeIfUnused() {
            if (dropped && users == 0 && model.isDone()) {
                model.join().ifResult(OnnxModel::close);
            }
        }
    }

    /** What is done with a model. */
    interface Use<T> {
        T with(OnnxModel model) throws IOException;
    }

    private final Function<ModelVersion, Path> files;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(8, 0.75f, true);

    /**
     * Creates one that has nothing open.
     *
     * @param files gives the file of a version
     */
    OpenModels(Function<ModelVersion, Path> files) {
        this.files = files;
    }

    /**
     * Uses a model, which stays open as long.
     *
     * @throws IOException if its file cannot be read
     */
    <T> T use(ModelVersion version, Use<T> use) throws IOException {
        Key key = Key.of(version);
        Entry entry;
        boolean first;
        synchronized (this) {
            first = !entries.containsKey(key);
            entry = entries.computeIfAbsent(key, k -> new Entry());
            entry.users++;
            if (entries.size() > MOST_OPEN) {
                Iterator<Entry> eldest = entries.values().iterator();
                drop(eldest.next());
                eldest.remove();
            }
        }
        try {
            if (first) {
                open(key, entry, version);
            }
            return use.with(entry.model.join().get());
        } finally {
            synchronized (this) {
                entry.users--;
                entry.closeIfUnused();
            }
        }
    }

    private void open(Key key, Entry entry, ModelVersion version) {
        Outcome<OnnxModel, IOException> outcome = Outcome.of(IOException.class, () -> opened(version));
        if (!outcome.isResult()) {
            synchronized (this) {
                entries.remove(key, entry); // the next one tries again
            }
        }
        entry.model.complete(outcome);
    }

    private OnnxModel opened(ModelVersion version) throws IOException {
        try {
            return OnnxModel.open(files.apply(version), 1);
        } catch (Error e) { // natives that do not load, or no memory: this request fails, not the service
            throw new IOException("the model cannot be opened: " + e, e);
        }
    }

    private static void drop(Entry entry) {
        entry.dropped = true;
        entry.closeIfUnused();
    }

    /** Closes all; those in use when their use ends. */
    @Override
    public synchronized void close() {
        entries.values().forEach(OpenModels::drop);
        entries.clear();
    }
}
