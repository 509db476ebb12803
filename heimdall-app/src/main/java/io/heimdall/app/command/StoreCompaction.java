package io.heimdall.app.command;

import io.heimdall.app.adapters.NamedFeatures;
import io.heimdall.dataset.store.FeatureStore;
import io.heimdall.files.UserCache;
import io.heimdall.files.Variables;
import io.heimdall.pipeline.WorkingDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code heimdall features --compact}: merges small shards of the feature store. */
record StoreCompaction(Output output) {

    /** Returns whether the settings name a store, which needs no workspace then. */
    boolean isNamed() throws IOException {
        return Variables.value(variables(), NamedFeatures.STORE).isPresent();
    }

    private Map<String, String> variables() throws IOException {
        return output.configuration().variables();
    }

    /** Merges, and says what was done. */
    void run(Optional<Path> workspace) throws IOException {
        if (workspace.isPresent() && !Files.isDirectory(workspace.get())) {
            throw new NoSuchFileException(workspace.get().toString());
        }
        output.usage(() -> {
            NamedFeatures.requireThere(variables());
            return null;
        });
        try (NamedFeatures features = output.usage(() -> workspace.isPresent()
                ? NamedFeatures.open(variables(), new WorkingDirectory(workspace.get()))
                : NamedFeatures.open(variables(), UserCache.directory().resolve("features")))) {
            FeatureStore.Compaction done = features.cache().compact();
            String merged = done.shardsBefore() == done.shardsAfter()
                    ? "Nothing to merge"
                    : "Merged " + done.shardsBefore() + " files into " + done.shardsAfter();
            output.say(merged + "; features of " + done.entries() + " recordings, " + done.left()
                    + " damaged or double entries left out");
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("shards_before", done.shardsBefore());
            result.put("shards_after", done.shardsAfter());
            result.put("entries", done.entries());
            result.put("left_out", done.left());
            output.json(result);
        }
    }
}
