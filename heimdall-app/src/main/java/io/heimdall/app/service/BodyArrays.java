package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON body whose arrays of numbers are read apart from the rest: they are nearly all of it.
 *
 * @param rest the body with the number 0 in place of each array that was read apart
 * @param features the array of the field {@code features}
 * @param inputs the arrays of the object {@code inputs} that hold numbers alone, by name
 */
record BodyArrays(JsonNode rest, Optional<NumberArrays> features, Map<String, NumberArrays> inputs) {
    static final String FEATURES = "features";
    static final String INPUTS = "inputs";

    /** Each array costs a copy of what is behind it; models have fewer inputs. */
    private static final int MOST_ARRAYS = 32;

    /** An array in the body. */
    private record Place(Optional<String> input, int begin) {}

    static BodyArrays read(byte[] body) {
        byte[] rest = body;
        Optional<NumberArrays> features = Optional.empty();
        Map<String, NumberArrays> inputs = new HashMap<>();
        Set<String> passed = new HashSet<>();
        for (int found = 0; found < MOST_ARRAYS; found++) {
            Optional<Place> next = next(rest, features.isPresent(), passed);
            if (next.isEmpty()) {
                break;
            }
            int begin = next.get().begin();
            Optional<NumberArrays> arrays = numbers(rest, next.get());
            if (next.get().input().isEmpty()) {
                features = arrays;
            } else {
                String name = next.get().input().get();
                passed.add(name);
                arrays.ifPresent(values -> inputs.put(name, values));
            }
            rest = arrays.isPresent() ? without(rest, begin, arrays.get().end()) : rest;
        }
        return new BodyArrays(tree(rest), features, inputs);
    }

    /** Returns the array; empty if that of an input holds something else than numbers, which is left to the model's types. */
    private static Optional<NumberArrays> numbers(byte[] body, Place place) {
        try {
            return Optional.of(NumberArrays.read(body, place.begin()));
        } catch (Problem e) {
            if (place.input().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Place> next(byte[] body, boolean featuresRead, Set<String> passed) {
        try (JsonParser parser = Answers.JSON.getFactory().createParser(body)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals(FEATURES) && !featuresRead) {
                    expect(value == JsonToken.START_ARRAY, "features is no array");
                    int begin = offset(parser);
                    expect(begin >= 0, "the body is not in UTF-8");
                    return Optional.of(new Place(Optional.empty(), begin));
                }
                if (field.equals(INPUTS) && value == JsonToken.START_OBJECT) {
                    Optional<Place> input = nextInput(parser, passed);
                    if (input.isPresent()) {
                        return input;
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw Answers.malformed(e);
        }
    }

    private static Optional<Place> nextInput(JsonParser parser, Set<String> passed) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && !passed.contains(name) && offset(parser) >= 0) {
                return Optional.of(new Place(Optional.of(name), offset(parser)));
            }
            parser.skipChildren();
        }
        return Optional.empty();
    }

    /** Returns where the token begins, or -1 where the parser knows characters alone: in UTF-16 and UTF-32. */
    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Returns the body with a number in place of what lies between two offsets. */
    private static byte[] without(byte[] body, int begin, int end) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(begin + 1 + body.length - end);
        rest.write(body, 0, begin);
        rest.write('0');
        rest.write(body, end, body.length - end);
        return rest.toByteArray();
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Answers.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            e.clearLocation(); // without the arrays it is another
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
}
