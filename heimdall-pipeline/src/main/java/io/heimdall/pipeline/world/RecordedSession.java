package io.heimdall.pipeline.world;

import java.util.List;
import java.util.Optional;

/**
 * A recorded session of a known place.
 *
 * @param eastM place of the transmitter
 * @param northM place of the transmitter
 * @param stations in service
 * @param powers of each of these stations; empty where it heard nothing
 */
public record RecordedSession(double eastM, double northM, StationSet stations, List<Optional<MeanPowers>> powers) {}
