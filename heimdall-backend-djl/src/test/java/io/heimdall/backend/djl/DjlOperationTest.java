package io.heimdall.backend.djl;

import io.heimdall.model.backend.OperationContract;
import io.heimdall.model.backend.TrainingBackend;

class DjlOperationTest extends OperationContract {
    @Override
    protected TrainingBackend backend() {
        return new DjlBackend();
    }
}
