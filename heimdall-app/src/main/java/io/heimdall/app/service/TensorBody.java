package io.heimdall.app.service;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.UnusableFileException;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.weights.Safetensors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Inputs in a body that is a safetensors file: each tensor is the input of its name, of one row or of several. Nothing is parsed but
 * the header, so that it costs a fraction of {@link NamedInputs}.
 *
 * @param tensors by name, as they are in the file
 */
record TensorBody(Map<String, FloatTensor> tensors) implements PredictBody {
    static final String TYPE = "application/x-safetensors";

    /**
     * Reads a body.
     *
     * @throws Problem if it is no safetensors file
     */
    static TensorBody of(byte[] body) throws IOException {
        try {
            return new TensorBody(Safetensors.parse("the body", body));
        } catch (UnusableFileException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    @Override
    public Optional<String> model() {
        return Optional.empty();
    }

    @Override
    public Optional<String> modelName() {
        return Optional.empty();
    }

    @Override
    public Map<String, FloatTensor> batch(List<TensorSpec> inputs) {
        NamedInputs.checkNames(inputs, tensors.keySet());
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        for (TensorSpec spec : inputs) {
            FloatTensor tensor = tensors.get(spec.name());
            int bad = NamedInputs.firstBad(spec.type(), tensor);
            if (bad >= 0) {
                throw Problem.badRequest("the input '" + spec.name() + "' holds something else than "
                        + NamedInputs.expected(spec.type()) + ": " + tensor.values()[bad]);
            }
            batch.put(spec.name(), tensor.shape().length == spec.axes().size() ? oneRow(tensor) : tensor);
        }
        return NamedInputs.checked(inputs, batch);
    }

    /** Returns the tensor with its first axis, the batch, which an input of one row may leave away. */
    private static FloatTensor oneRow(FloatTensor tensor) {
        int[] shape =
                IntStream.concat(IntStream.of(1), IntStream.of(tensor.shape())).toArray();
        return FloatTensor.of(tensor.values(), shape);
    }
}
