package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.ProjectionContract;
import io.heimdall.model.backend.TrainingBackend;

class Dl4jProjectionTest extends ProjectionContract {
    @Override
    protected TrainingBackend backend() {
        return new Dl4jBackend();
    }
}
