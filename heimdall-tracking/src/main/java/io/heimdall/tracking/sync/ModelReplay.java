package io.heimdall.tracking.sync;

import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import io.heimdall.tracking.mlflow.MlflowTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Registers the versions of one model of a store on a server, each once, and points its aliases there. */
final class ModelReplay {
    private final FileStoreTracker store;
    private final MlflowTracker tracker;
    private final URI server;
    private final String model;

    ModelReplay(FileStoreTracker store, MlflowTracker tracker, String model) {
        this.store = store;
        this.tracker = tracker;
        this.server = tracker.settings().address();
        this.model = model;
    }

    /**
     * Registers a version unless the server has it.
     *
     * @return whether it had not
     * @throws TrackingException if its run was not sent, or the server does not take it
     */
    boolean register(ModelVersion version) throws IOException {
        Path directory = store.directory(version);
        SyncJournal journal = SyncJournal.read(directory, server);
        if (!journal.id.isEmpty()) {
            return false;
        }
        SyncJournal run = RunReplay.sent(store.require(version.runId()), version.artifact(), server)
                .orElseThrow(() -> new TrackingException("the artifact " + version.artifact() + " of its run "
                        + version.runId() + " was not sent, or not all of it"));
        String origin = version.runId() + "/" + model + "/" + version.version();
        ModelVersion made =
                tracker.registry().add(model, run.id, run.artifactUri + "/" + version.artifact(), origin, false);
        journal.id = Integer.toString(made.version());
        journal.doubtful = false;
        journal.write(directory, server);
        return true;
    }

    /** Sets the tags of versions that were set in the store since they were sent. */
    void tags() throws IOException {
        for (ModelVersion version : store.versions(model)) {
            Path directory = store.directory(version);
            SyncJournal journal = SyncJournal.read(directory, server);
            Map<String, String> missing = new TreeMap<>(version.tags());
            missing.entrySet()
                    .removeIf(tag -> SyncJournal.digest(tag.getValue()).equals(journal.tags.get(tag.getKey())));
            if (!journal.id.isEmpty() && !missing.isEmpty()) {
                tracker.registry().tag(model, Integer.parseInt(journal.id), missing);
                missing.forEach((key, value) -> journal.tags.put(key, SyncJournal.digest(value)));
                journal.write(directory, server);
            }
        }
    }

    /** Points the aliases that were moved in the store since they were sent; others stay as the server has them. */
    void aliases() throws IOException {
        Path directory = store.directory(model);
        SyncJournal journal = SyncJournal.read(directory, server);
        Map<String, ModelVersion> aliases = new TreeMap<>();
        for (ModelVersion version : store.versions(model)) {
            version.aliases().forEach(alias -> aliases.put(alias, version));
        }
        for (Map.Entry<String, ModelVersion> alias : aliases.entrySet()) {
            int version = alias.getValue().version();
            String there = SyncJournal.read(store.directory(alias.getValue()), server).id;
            if (!there.isEmpty() && !Integer.valueOf(version).equals(journal.aliases.get(alias.getKey()))) {
                tracker.alias(model, alias.getKey(), Integer.parseInt(there));
                journal.aliases.put(alias.getKey(), version);
                journal.write(directory, server);
            }
        }
    }
}
