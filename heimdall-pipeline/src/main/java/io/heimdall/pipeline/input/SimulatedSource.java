package io.heimdall.pipeline.input;

import io.heimdall.model.evidence.LevelGrid;
import io.heimdall.model.train.SampleSource;
import java.util.Optional;

/** Samples of a world that is fitted to recorded sessions. */
public interface SimulatedSource extends SampleSource {

    /** Returns what the world tells of a session's place by its levels alone; empty if it has no map. */
    Optional<LevelGrid> levelGrid();
}
