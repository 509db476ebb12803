package io.heimdall.backend.djl;

import io.heimdall.model.backend.ProjectionContract;
import io.heimdall.model.backend.TrainingBackend;

class DjlProjectionTest extends ProjectionContract {
    @Override
    protected TrainingBackend backend() {
        return new DjlBackend();
    }
}
