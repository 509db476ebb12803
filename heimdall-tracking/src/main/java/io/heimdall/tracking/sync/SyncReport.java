package io.heimdall.tracking.sync;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of sending a store to a server: the runs and versions that were sent, present or failed.
 *
 * @param sent runs that the server got, whole or the rest of them
 * @param alreadyThere runs of which nothing was missing
 * @param versions model versions that were registered now
 * @param failed reasons by the record that could not be sent (the id of a run, or a model and version); the record is kept
 */
public record SyncReport(int sent, int alreadyThere, int versions, Map<String, String> failed) {

    /** Copies the map, in its order. */
    public SyncReport {
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }

    /** Returns whether the server has everything now. */
    public boolean complete() {
        return failed.isEmpty();
    }
}
