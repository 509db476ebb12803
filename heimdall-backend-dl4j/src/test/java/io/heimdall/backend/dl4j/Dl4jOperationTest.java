package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.OperationContract;
import io.heimdall.model.backend.TrainingBackend;

class Dl4jOperationTest extends OperationContract {
    @Override
    protected TrainingBackend backend() {
        return new Dl4jBackend();
    }
}
