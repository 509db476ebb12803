package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.heimdall.model.FloatTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Features in a body: decibels of one input or of several.
 *
 * @param values row-major
 * @param shape as far as the body says it: nested arrays do, bytes do not
 * @param model that the body names
 * @param modelName that the body names
 */
record FeatureBody(float[] values, Optional<int[]> shape, Optional<String> model, Optional<String> modelName) {
    private static final int MOST_AXES = 4;

    /** Reads 32-bit floats, little endian. */
    static FeatureBody bytes(byte[] body) {
        if (body.length == 0 || body.length % Float.BYTES != 0) {
            throw Problem.badRequest("the body has " + body.length + " bytes, expected a multiple of 4: 32-bit floats");
        }
        float[] values = new float[body.length / Float.BYTES];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new FeatureBody(values, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Reads {@code {"features": [[[...]]], "model": ..., "model_name": ...}}. */
    static FeatureBody json(byte[] body) throws IOException {
        Nested features = null;
        Optional<String> model = Optional.empty();
        Optional<String> modelName = Optional.empty();
        try (JsonParser parser = Answers.JSON.getFactory().createParser(body)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "features" -> features = Nested.read(parser);
                    case "model" -> model = word(parser, value, field);
                    case "model_name" -> modelName = word(parser, value, field);
                    default ->
                        throw Problem.badRequest("unknown field '"
                                + (field.length() > 60 ? field.substring(0, 60) + "..." : field)
                                + "'; the fields are features, model, model_name");
                }
            }
            expect(parser.nextToken() == null, "something follows the JSON object");
        } catch (JsonProcessingException e) {
            throw Answers.malformed(e);
        }
        expect(features != null, "the body has no field 'features'");
        return new FeatureBody(
                Arrays.copyOf(features.values, features.count),
                Optional.of(Arrays.copyOf(features.shape, features.axes)),
                model,
                modelName);
    }

    private static Optional<String> word(JsonParser parser, JsonToken value, String field) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        expect(
                value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT,
                field + " is neither a word nor a whole number");
        return Optional.of(parser.getText());
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw Problem.badRequest(otherwise);
        }
    }

    /**
     * Returns the batch for a model.
     *
     * @param input its channels, mel bands and frames
     */
    FloatTensor batch(int[] input) {
        int one = input[0] * input[1] * input[2];
        if (shape.isPresent()) {
            int[] given = shape.get();
            int extra = given.length - input.length;
            boolean fits = extra == 0 || extra == 1;
            for (int axis = 0; fits && axis < input.length; axis++) {
                fits = given[extra + axis] == input[axis];
            }
            if (!fits) {
                throw Problem.badRequest("features have shape " + Arrays.toString(given) + ", the model takes "
                        + Arrays.toString(input) + " or several of these");
            }
        } else if (values.length % one != 0) {
            throw Problem.badRequest("the body has " + values.length + " values, the model takes " + one + " (shape "
                    + Arrays.toString(input) + ") or a multiple");
        }
        return FloatTensor.of(values, values.length / one, input[0], input[1], input[2]);
    }

    /** Nested arrays of numbers, all of one level equally long. */
    private static final class Nested {
        private float[] values = new float[1 << 12];
        private int count;
        private final int[] shape = new int[MOST_AXES];
        private int axes;

        static Nested read(JsonParser parser) throws IOException {
            expect(parser.currentToken() == JsonToken.START_ARRAY, "features is no array");
            Nested nested = new Nested();
            Arrays.fill(nested.shape, -1);
            nested.array(parser, 0);
            return nested;
        }

        private void array(JsonParser parser, int depth) throws IOException {
            expect(depth < MOST_AXES, "features has more than " + MOST_AXES + " levels of arrays");
            axes = Math.max(axes, depth + 1);
            int length = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    array(parser, depth + 1);
                } else {
                    expect(
                            token != null && token.isNumeric() && depth == axes - 1,
                            "features holds something else than numbers at its innermost level");
                    add(parser.getFloatValue());
                }
                length++;
            }
            expect(length > 0, "features has an empty array");
            expect(shape[depth] < 0 || shape[depth] == length, "features has arrays of different lengths at one level");
            shape[depth] = length;
        }

        private void add(float value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }
    }
}
