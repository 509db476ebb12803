package io.heimdall.pipeline.prediction;

import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.FittedEvidence;

/** Reads what a model file says of delays and bearings. */
public final class ModelEvidence {
    private ModelEvidence() {}

    /**
     * Returns what was fitted beside the network.
     *
     * @return {@link FittedEvidence#NONE} of a file that says nothing
     * @throws PipelineException if what it says makes no sense
     */
    public static FittedEvidence in(ModelDescription description) {
        try {
            return EvidenceMetadata.in(description.extra()).orElse(FittedEvidence.NONE);
        } catch (IllegalArgumentException e) {
            throw new PipelineException("the model file does not describe its evidence: " + e.getMessage(), e);
        }
    }
}
