package io.heimdall.tracking.sync;

import io.heimdall.tracking.SentRun;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the journals of a store say of the runs that a server has; the server is not asked. */
final class SentRuns {
    private static final Logger LOG = LoggerFactory.getLogger(SentRuns.class);

    private SentRuns() {}

    /** Returns those of some runs that the server has, as a whole or in part. */
    static List<SentRun> of(FileStoreTracker store, URI server, Collection<String> runs) {
        List<SentRun> sent = new ArrayList<>();
        Map<String, Set<String>> models = runs.isEmpty() ? Map.of() : models(store);
        for (String run : runs) {
            try {
                SyncJournal journal = SyncJournal.read(store.require(run).path(), server);
                if (!journal.id.isEmpty()) {
                    sent.add(new SentRun(run, journal.id, journal.experiment, models.getOrDefault(run, Set.of())));
                }
            } catch (IOException | TrackingException e) {
                LOG.debug("The journal of run {} cannot be read", run, e);
            }
        }
        return sent;
    }

    private static Map<String, Set<String>> models(FileStoreTracker store) {
        Map<String, Set<String>> models = new HashMap<>();
        for (String model : store.models()) {
            try {
                store.versions(model)
                        .forEach(version -> models.computeIfAbsent(version.runId(), run -> new HashSet<>())
                                .add(model));
            } catch (TrackingException e) {
                LOG.debug("The versions of model {} cannot be read", model, e);
            }
        }
        return models;
    }
}
