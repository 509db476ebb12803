package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Inputs in a body, by name: {@code {"inputs": {"level": [[...]], "heard": [[true, false]]}}}. Each is nested arrays of one row or of
 * several, all of as many.
 *
 * @param values by name
 * @param numbers the arrays among them that were read apart; values has a number in their place
 * @param model that the body names
 * @param modelName that the body names
 */
record NamedInputs(
        JsonNode values, Map<String, NumberArrays> numbers, Optional<String> model, Optional<String> modelName)
        implements PredictBody {
    private static final int LONGEST_NAME = 60;

    @Override
    public Map<String, FloatTensor> batch(List<TensorSpec> inputs) {
        List<String> names = inputs.stream().map(TensorSpec::name).toList();
        values.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw Problem.conflict(
                        "the model has no input '" + shortened(name) + "'; it takes " + String.join(", ", names));
            }
        });
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        for (TensorSpec spec : inputs) {
            if (!values.has(spec.name())) {
                throw Problem.conflict(
                        "the input '" + spec.name() + "' is missing; the model takes " + String.join(", ", names));
            }
            batch.put(spec.name(), tensor(spec));
        }
        try {
            Batches.check(inputs, batch);
        } catch (IllegalArgumentException e) {
            throw Problem.conflict(e.getMessage());
        }
        return batch;
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
    }

    private FloatTensor tensor(TensorSpec spec) {
        NumberArrays arrays = numbers.get(spec.name());
        if (arrays == null) {
            return tensor(spec, values.get(spec.name()));
        }
        int[] shape = arrays.shape();
        int axes = spec.axes().size();
        if (spec.type() == TensorSpec.Type.FLOAT && (shape.length == axes || shape.length == axes + 1)) {
            float[] floats = arrays.values();
            if (finite(floats)) {
                return FloatTensor.of(floats, shape.length == axes ? oneRow(shape) : shape);
            }
        }
        return tensor(spec, arrays.tree());
    }

    private static boolean finite(float[] values) {
        float sum = 0; // NaN as soon as one value is infinite: 0 times infinity
        for (float value : values) {
            sum += 0 * value;
        }
        return sum == 0;
    }

    private static int[] oneRow(int[] shape) {
        return IntStream.concat(IntStream.of(1), Arrays.stream(shape)).toArray();
    }

    /** Returns the tensor with its first axis, the batch, which an input of one row may leave away. */
    private static FloatTensor tensor(TensorSpec spec, JsonNode value) {
        int depth = 0;
        for (JsonNode inner = value; inner.isArray(); inner = inner.get(0)) {
            depth++;
            if (inner.isEmpty()) {
                throw Problem.badRequest("the input '" + spec.name() + "' has an empty array");
            }
        }
        int axes = spec.axes().size();
        if (depth != axes && depth != axes + 1) {
            throw Problem.conflict("the input '" + spec.name() + "' has " + depth + " levels of arrays, expected "
                    + spec + ", or one row without the first axis");
        }
        int[] shape = new int[axes + 1];
        Arrays.fill(shape, 1);
        JsonNode inner = value;
        for (int axis = axes + 1 - depth; axis <= axes; axis++, inner = inner.get(0)) {
            shape[axis] = inner.size();
        }
        Filling filling = new Filling(spec, FloatTensor.zeros(shape));
        filling.fill(value, axes + 1 - depth, 0);
        return filling.tensor();
    }

    /** A tensor that is being filled. */
    private record Filling(TensorSpec spec, FloatTensor tensor) {

        /** Fills from a place on and returns the place behind. */
        int fill(JsonNode value, int axis, int at) {
            int[] shape = tensor.shape();
            if (axis == shape.length) {
                tensor.values()[at] = number(value);
                return at + 1;
            }
            if (!value.isArray() || value.size() != shape[axis]) {
                throw Problem.conflict("the input '" + spec.name()
                        + "' has arrays of different lengths at one level, or numbers among them");
            }
            int next = at;
            for (JsonNode inner : value) {
                next = fill(inner, axis + 1, next);
            }
            return next;
        }

        private float number(JsonNode value) {
            float number = value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.floatValue();
            boolean good = switch (spec.type()) {
                case FLAG -> value.isBoolean() || value.isNumber() && (number == 0 || number == 1);
                case WHOLE -> value.isNumber() && number == Math.rint(value.doubleValue());
                case FLOAT -> value.isNumber() && Float.isFinite(number);
            };
            if (!good) {
                String expected = switch (spec.type()) {
                    case FLAG -> "true or false";
                    case WHOLE -> "a whole number up to 2^24";
                    case FLOAT -> "a finite number";
                };
                throw Problem.badRequest("the input '" + spec.name() + "' holds something else than " + expected + ": "
                        + shortened(value.toString()));
            }
            return number;
        }
    }
}
