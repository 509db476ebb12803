package io.heimdall.pipeline.evaluation;

import java.util.List;

/**
 * How well a kind of evidence locates alone, or all of them together.
 *
 * @param result on the sessions that have it
 * @param comparison how sure its numbers are
 */
public record EvidenceResult(MethodResult result, Comparison comparison) {

    static EvidenceResult of(MethodResult result) {
        return new EvidenceResult(result, new Comparison(result, List.of()));
    }
}
