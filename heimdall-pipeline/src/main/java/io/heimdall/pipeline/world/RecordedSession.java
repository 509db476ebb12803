package io.heimdall.pipeline.world;

import java.util.List;

/**
 * A session with a known place.
 *
 * @param eastM place of the transmitter
 * @param northM place of the transmitter
 * @param stations in service
 * @param received by each of these stations
 */
public record RecordedSession(double eastM, double northM, StationSet stations, List<Received> received) {}
