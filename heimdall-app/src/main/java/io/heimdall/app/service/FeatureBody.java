package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.WholeNumbers;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Features in a body: the values of one row or of several.
 *
 * @param values row-major
 * @param shape as far as the body says it: nested arrays do, bytes do not
 * @param model that the body names
 * @param modelName that the body names
 */
record FeatureBody(float[] values, Optional<int[]> shape, Optional<String> model, Optional<String> modelName)
        implements PredictBody {
    private static final List<String> FIELDS = List.of(BodyArrays.FEATURES, BodyArrays.INPUTS, "model", "model_name");

    /** Reads 32-bit floats, little endian. */
    static FeatureBody bytes(byte[] body) {
        if (body.length == 0 || body.length % Float.BYTES != 0) {
            throw Problem.conflict("the body has " + body.length + " bytes, expected a multiple of 4: 32-bit floats");
        }
        float[] values = new float[body.length / Float.BYTES];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new FeatureBody(values, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Reads {@code {"features": [[[...]]], "model": ..., "model_name": ...}}, or {@link NamedInputs} in place of features. */
    static PredictBody json(byte[] body) {
        BodyArrays arrays = BodyArrays.read(body);
        JsonNode rest = arrays.rest();
        rest.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw Problem.badRequest(
                        "unknown field '" + (field.length() > 60 ? field.substring(0, 60) + "..." : field)
                                + "'; the fields are " + String.join(", ", FIELDS));
            }
        });
        Optional<String> model = word(rest, "model");
        Optional<String> modelName = word(rest, "model_name");
        JsonNode inputs = rest.path(BodyArrays.INPUTS);
        if (!inputs.isMissingNode()) {
            if (arrays.features().isPresent()) {
                throw Problem.conflict("the body has features and inputs, expected one of them");
            }
            expect(inputs.isObject(), "inputs is no object of arrays by name");
            return new NamedInputs(inputs, arrays.inputs(), model, modelName);
        }
        NumberArrays numbers = arrays.features()
                .orElseThrow(() -> Problem.badRequest(
                        "the body has no field '" + BodyArrays.FEATURES + "', and none '" + BodyArrays.INPUTS + "'"));
        return new FeatureBody(numbers.values(), Optional.of(numbers.shape()), model, modelName);
    }

    private static Optional<String> word(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Optional<Long> whole = WholeNumbers.of(value);
        expect(value.isTextual() || whole.isPresent(), field + " is neither a word nor a whole number");
        return Optional.of(whole.map(number -> Long.toString(number)).orElseGet(value::textValue));
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw Problem.badRequest(otherwise);
        }
    }

    /** Returns the batch for a model that has one input, of a fixed shape. */
    @Override
    public Map<String, FloatTensor> batch(List<TensorSpec> inputs) {
        if (inputs.size() != 1 || inputs.get(0).axes().stream().anyMatch(Axis::isFree)) {
            throw Problem.conflict("the model takes no features, but the field '" + BodyArrays.INPUTS + "' with "
                    + inputs.stream().map(spec -> spec.name() + " " + spec).collect(Collectors.joining(", ")));
        }
        int[] input = inputs.get(0).axes().stream().mapToInt(Axis::length).toArray();
        int one = Arrays.stream(input).reduce(1, Math::multiplyExact);
        if (shape.isPresent()) {
            int[] given = shape.get();
            int extra = given.length - input.length;
            boolean fits = extra == 0 || extra == 1;
            for (int axis = 0; fits && axis < input.length; axis++) {
                fits = given[extra + axis] == input[axis];
            }
            if (!fits) {
                throw Problem.conflict("features have shape " + Arrays.toString(given) + ", the model takes "
                        + Arrays.toString(input) + " or several of these");
            }
        } else if (values.length % one != 0) {
            throw Problem.conflict("the body has " + values.length + " values, the model takes " + one + " (shape "
                    + Arrays.toString(input) + ") or a multiple");
        }
        for (float value : values) {
            expect(Float.isFinite(value), "features holds a value that is no finite number");
        }
        int[] batch = IntStream.concat(IntStream.of(values.length / one), Arrays.stream(input))
                .toArray();
        return Map.of(inputs.get(0).name(), FloatTensor.of(values, batch));
    }
}
