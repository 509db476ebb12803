package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.Axis;
import io.heimdall.model.input.Batches;
import io.heimdall.model.input.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    private static final String INPUTS = CutBody.INPUTS;
    private static final List<String> FIELDS = List.of("features", INPUTS, "model", "model_name");

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
        Optional<CutBody> cut = CutBody.of(body).filter(found -> !found.rest().has(FIELDS.get(0)));
        if (cut.isPresent()) {
            checkFields(cut.get().rest());
            return named(cut.get().rest(), cut.get().arrays());
        }
        Optional<Integer> begin = features(body);
        Optional<NumberArrays> features = begin.map(at -> NumberArrays.read(body, at));
        JsonNode rest = features.isEmpty()
                ? tree(body)
                : tree(without(body, begin.get(), features.get().end()));
        checkFields(rest);
        if (rest.has(INPUTS)) {
            if (features.isPresent()) {
                throw Problem.conflict("the body has features and inputs, expected one of them");
            }
            return named(rest, Map.of());
        }
        NumberArrays numbers = features.orElseThrow(
                () -> Problem.badRequest("the body has no field '" + FIELDS.get(0) + "', and none '" + INPUTS + "'"));
        return new FeatureBody(
                numbers.values(),
                Optional.of(numbers.shape()),
                Answers.word(rest, "model"),
                Answers.word(rest, "model_name"));
    }

    private static void checkFields(JsonNode rest) {
        rest.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw Problem.badRequest(
                        "unknown field '" + (field.length() > 60 ? field.substring(0, 60) + "..." : field)
                                + "'; the fields are " + String.join(", ", FIELDS));
            }
        });
    }

    private static NamedInputs named(JsonNode rest, Map<String, NumberArrays> arrays) {
        expect(rest.get(INPUTS).isObject(), "inputs is no object of arrays by name");
        return new NamedInputs(rest.get(INPUTS), arrays, Answers.word(rest, "model"), Answers.word(rest, "model_name"));
    }

    /** Returns where the array of the features begins. */
    private static Optional<Integer> features(byte[] body) {
        try (JsonParser parser = Answers.JSON.getFactory().createParser(body)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean features = parser.currentName().equals(FIELDS.get(0));
                JsonToken value = parser.nextToken();
                if (features) {
                    expect(value == JsonToken.START_ARRAY, "features is no array");
                    long offset = parser.currentTokenLocation().getByteOffset();
                    expect(offset >= 0, "the body is not in UTF-8");
                    return Optional.of((int) offset);
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw Answers.malformed(e);
        }
        return Optional.empty();
    }

    /** Returns the body with a number in place of what lies between two offsets. */
    private static byte[] without(byte[] body, int begin, int end) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(body, 0, begin);
        rest.write('0');
        rest.write(body, end, body.length - end);
        return rest.toByteArray();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Answers.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            e.clearLocation(); // without the features it is another
            throw Answers.malformed(e);
        } catch (IOException e) {
            throw Answers.malformed(e);
        }
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
            throw Problem.conflict("the model takes no features, but the field '" + INPUTS + "' with "
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
        int[] batch = IntStream.concat(IntStream.of(values.length / one), Arrays.stream(input))
                .toArray();
        FloatTensor tensor = FloatTensor.of(values, batch);
        expect(Batches.notFinite(tensor) < 0, "features holds a value that is no finite number");
        return Map.of(inputs.get(0).name(), tensor);
    }
}
