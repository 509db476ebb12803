package io.heimdall.pipeline.location;

import io.heimdall.dataset.Bearing;
import io.heimdall.localization.evidence.Site;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a station has to say of a session.
 *
 * @param site the station
 * @param clockSigmaSeconds one sigma of its clock, where known
 * @param noDelay why its recording gives no delay to any other; empty where it can
 * @param bearing that it heard the signal from, where it tells
 */
public record StationUse(
        Site site, OptionalDouble clockSigmaSeconds, Optional<String> noDelay, Optional<Bearing> bearing) {}
