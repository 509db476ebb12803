package io.heimdall.pipeline.location;

import io.heimdall.features.delay.Delay;
import io.heimdall.features.delay.DelayEstimate;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.TimeDifference;
import java.util.Optional;

/**
 * What the recordings of two stations tell of the delay between them.
 *
 * @param first that the delay is positive for where it heard the signal later
 * @param second the other station
 * @param delay the estimate, or why there is none
 */
public record PairDelay(Site first, Site second, Delay delay) {

    /** Returns the estimate, where there is one. */
    public Optional<DelayEstimate> estimate() {
        return delay instanceof DelayEstimate estimate ? Optional.of(estimate) : Optional.empty();
    }

    /** Returns the delay as evidence takes it, where there is one. */
    public Optional<TimeDifference> difference() {
        return estimate()
                .map(estimate -> new TimeDifference(first, second, estimate.delaySeconds(), estimate.sigmaSeconds()));
    }
}
