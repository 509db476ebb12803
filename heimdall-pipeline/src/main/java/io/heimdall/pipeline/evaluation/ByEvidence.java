package io.heimdall.pipeline.evaluation;

import java.util.List;
import java.util.Map;

/**
 * How sessions are located by each kind of evidence and by all of them.
 *
 * @param results of each kind alone, on the sessions that have it, and of all together, on all sessions; in the order in which they are
 *     shown, and empty where no session has more than levels
 * @param products the products of the sessions that have more than levels, by their ids
 */
public record ByEvidence(List<EvidenceResult> results, Map<String, FusedSession> products) {
    /** No session has more than levels. */
    public static final ByEvidence NONE = new ByEvidence(List.of(), Map.of());

    /** Copies list and map. */
    public ByEvidence {
        results = List.copyOf(results);
        products = Map.copyOf(products);
    }
}
