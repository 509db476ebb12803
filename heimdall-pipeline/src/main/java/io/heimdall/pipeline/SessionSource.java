package io.heimdall.pipeline;

import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.files.ObjectStore;
import io.heimdall.simulation.World;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where sessions come from.
 *
 * @param catalog of the sessions
 * @param objects that hold their recordings
 * @param featureCache folder of the features that are computed already; may be deleted at any time
 * @param world that the sessions are from, if they are simulated
 */
public record SessionSource(RecordingCatalog catalog, ObjectStore objects, Path featureCache, Optional<World> world) {
    /** Returns the features that are computed already. */
    public FeatureCache features() {
        return new FeatureCache(featureCache);
    }
}
