package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.ProjectionContract;
import io.heimdall.model.backend.SweepProcess.Extent;
import io.heimdall.model.backend.TrainingBackend;

class Dl4jProjectionTest extends ProjectionContract {
    @Override
    protected TrainingBackend backend() {
        return new Dl4jBackend();
    }

    /** It takes twice the time, and its channels are not the last in memory. */
    @Override
    protected Extent sweep() {
        return Extent.AXES;
    }
}
