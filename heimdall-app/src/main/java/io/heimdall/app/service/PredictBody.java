package io.heimdall.app.service;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a body gives a model to locate. */
interface PredictBody {

    /** Returns the version or alias that the body names. */
    Optional<String> model();

    /** Returns the registered model that the body names. */
    Optional<String> modelName();

    /**
     * Returns the batch for a model.
     *
     * @param inputs of the model
     * @throws Problem if the body does not have them
     */
    Map<String, FloatTensor> batch(List<TensorSpec> inputs);
}
