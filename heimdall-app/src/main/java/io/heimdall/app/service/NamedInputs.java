package io.heimdall.app.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inputs in a body, by name: {@code {"inputs": {"level": [[...]], "heard": [[true, false]]}}}. Each is nested arrays of one row or of
 * several, all of as many.
 *
 * @param values the inputs by name; of an array that was read apart, anything
 * @param arrays that were read apart
 * @param model that the body names
 * @param modelName that the body names
 */
record NamedInputs(
        JsonNode values, Map<String, NumberArrays> arrays, Optional<String> model, Optional<String> modelName)
        implements PredictBody {
    private static final int LONGEST_NAME = 60;
    /** From here on a float may be another number than the one that was written. */
    private static final float MOST_WHOLE = 1 << 24;

    @Override
    public Map<String, FloatTensor> batch(List<TensorSpec> inputs) {
        List<String> given = new ArrayList<>();
        values.fieldNames().forEachRemaining(given::add);
        checkNames(inputs, given);
        Map<String, FloatTensor> batch = new LinkedHashMap<>();
        for (TensorSpec spec : inputs) {
            NumberArrays array = arrays.get(spec.name());
            batch.put(spec.name(), array == null ? tensor(spec, values.get(spec.name())) : tensor(spec, array));
        }
        return checked(inputs, batch);
    }

    /**
     * Checks that the inputs are those of the model.
     *
     * @throws Problem naming the first that is unknown or missing
     */
    static void checkNames(List<TensorSpec> inputs, Collection<String> given) {
        List<String> names = inputs.stream().map(TensorSpec::name).toList();
        for (String name : given) {
            if (!names.contains(name)) {
                throw Problem.conflict(
                        "the model has no input '" + shortened(name) + "'; it takes " + String.join(", ", names));
            }
        }
        for (String name : names) {
            if (!given.contains(name)) {
                throw Problem.conflict(
                        "the input '" + name + "' is missing; the model takes " + String.join(", ", names));
            }
        }
    }

    /**
     * Returns a batch whose shapes fit the model and one another.
     *
     * @throws Problem if they do not
     */
    static Map<String, FloatTensor> checked(List<TensorSpec> inputs, Map<String, FloatTensor> batch) {
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

    /** Returns the tensor of numbers; where they do not fit, a tree of them says why. */
    private static FloatTensor tensor(TensorSpec spec, NumberArrays array) {
        int[] given = array.shape();
        float[] numbers = array.values();
        int axes = spec.axes().size();
        if (given.length != axes && given.length != axes + 1) {
            return tensor(spec, tree(array));
        }
        int[] shape = new int[axes + 1];
        shape[0] = 1;
        System.arraycopy(given, 0, shape, axes + 1 - given.length, given.length);
        FloatTensor tensor = FloatTensor.of(numbers, shape);
        return firstBad(spec.type(), tensor) < 0 ? tensor : tensor(spec, tree(array));
    }

    private static JsonNode tree(NumberArrays array) {
        try {
            return Answers.JSON.readTree(array.text());
        } catch (IOException e) {
            throw Answers.malformed(e);
        }
    }

    /** Returns the index of the first number that may not be a value of a type, or -1. */
    static int firstBad(TensorSpec.Type type, FloatTensor tensor) {
        if (type == TensorSpec.Type.FLOAT) { // of which there are tens of thousands
            return Batches.notFinite(tensor);
        }
        float[] numbers = tensor.values();
        for (int i = 0; i < numbers.length; i++) {
            if (!isGood(type, numbers[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isGood(TensorSpec.Type type, float number) {
        return switch (type) {
            case FLAG -> number == 0 || number == 1;
            case WHOLE -> number == Math.rint(number) && Math.abs(number) < MOST_WHOLE;
            case FLOAT -> Float.isFinite(number);
        };
    }

    /** Returns what values of a type are, for messages. */
    static String expected(TensorSpec.Type type) {
        return switch (type) {
            case FLAG -> "true or false";
            case WHOLE -> "a whole number up to 2^24";
            case FLOAT -> "a finite number";
        };
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
                throw Problem.badRequest("the input '" + spec.name() + "' holds something else than "
                        + expected(spec.type()) + ": " + shortened(value.toString()));
            }
            return number;
        }
    }
}
