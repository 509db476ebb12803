package io.heimdall.tracking.sync;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the runs and versions of a store when they were sent to a server.
 *
 * @param sent runs that the server got, whole or the rest of them
 * @param alreadyThere runs of which nothing was missing
 * @param versions model versions that were registered now
 * @param failed reasons by what could not be sent: the id of a run, or a model and version; it is kept
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
