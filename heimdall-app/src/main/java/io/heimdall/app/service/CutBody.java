package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A body whose arrays of numbers have been cut out: inputs are tens of thousands of numbers, and a tree of them takes several times as
 * long as {@link NumberArrays}.
 *
 * @param rest of the body, with a number in place of each array
 * @param arrays that were cut out, by the name of their input
 */
record CutBody(JsonNode rest, Map<String, NumberArrays> arrays) {
    static final String INPUTS = "inputs";
    /** More inputs than a model has; each costs a look at the rest. */
    private static final int MOST_ARRAYS = 16;

    /** Most inputs are of a few numbers. */
    private static final int ROOM = 256;

    private static final int LONGEST_REST = 64 << 10;

    /** An array of numbers: whose, and where it begins. */
    private record Found(String name, int offset) {}

    /**
     * Cuts a body.
     *
     * @param body {@code {"inputs": {"level": [[...]]}}} in UTF-8
     * @return empty for all that cannot be read this way, faulty bodies among them
     */
    static Optional<CutBody> of(byte[] body) {
        Map<String, NumberArrays> arrays = new LinkedHashMap<>();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int at = 0; // all before it is in the rest
        try {
            Optional<Found> found = next(rest.toByteArray(), body, at);
            while (found.isPresent()) {
                int begin = at + found.get().offset() - rest.size();
                rest.write(body, at, begin - at);
                rest.write('0');
                NumberArrays array = NumberArrays.read(body, begin, ROOM);
                at = array.end();
                boolean twice = arrays.put(found.get().name(), array) != null;
                if (twice || arrays.size() > MOST_ARRAYS || rest.size() > LONGEST_REST) {
                    return Optional.empty();
                }
                found = next(rest.toByteArray(), body, at);
            }
            rest.write(body, at, body.length - at);
            return arrays.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new CutBody(Answers.JSON.readTree(rest.toByteArray()), arrays));
        } catch (IOException | Problem e) { // whoever reads the whole body says what is wrong with it
            return Optional.empty();
        }
    }

    /** Returns the first array of numbers of an input in the rest and what follows of the body, counted from the rest's beginning. */
    private static Optional<Found> next(byte[] rest, byte[] body, int at) throws IOException {
        var all = new SequenceInputStream(
                new ByteArrayInputStream(rest), new ByteArrayInputStream(body, at, body.length - at));
        try (JsonParser parser = Answers.JSON.getFactory().createParser(all)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean inputs = parser.currentName().equals(INPUTS);
                if (parser.nextToken() != JsonToken.START_OBJECT || !inputs) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    long offset = parser.nextToken() == JsonToken.START_ARRAY
                            ? parser.currentTokenLocation().getByteOffset()
                            : -1;
                    if (offset >= rest.length && isOfNumbers(body, at + (int) offset - rest.length)) {
                        return Optional.of(new Found(name, (int) offset));
                    }
                    parser.skipChildren();
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether the first thing in the arrays that begin here is a number. */
    private static boolean isOfNumbers(byte[] body, int begin) {
        int at = begin;
        while (at < body.length && "[ \n\r\t".indexOf(body[at]) >= 0) {
            at++;
        }
        return at < body.length && (body[at] == '-' || body[at] >= '0' && body[at] <= '9');
    }
}
