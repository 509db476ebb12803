package io.heimdall.pipeline;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.ObjectStore;
import io.heimdall.simulation.World;
import java.util.Optional;

/**
 * Where sessions come from.
 *
 * @param catalog of the sessions
 * @param objects that hold their recordings
 * @param features that are computed already
 * @param world that the sessions are from, if they are simulated
 */
public record SessionSource(
        RecordingCatalog catalog, ObjectStore objects, FeatureCache features, Optional<World> world) {}
