package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.app.WholeNumbers;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads bodies within their limits and writes JSON. */
final class Answers {
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_NESTING = 16;
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s@]+@");
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(64)
                            .maxStringLength(100_000)
                            .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Answers() {}

    static void json(Context context, int status, Object value) {
        context.status(status).contentType("application/json").result(bytes(value));
    }

    static void problem(Context context, Problem problem) {
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(Problem.CONTENT_TYPE)
                .result(bytes(problem.document(context.path())));
    }

    /** Answers a request by a problem, without the routes. */
    static void send(Problem problem, Request request, Response response, Callback callback) {
        problem.headers().forEach(response.getHeaders()::put);
        Problem.HARDENED.forEach(response.getHeaders()::put);
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(
                true,
                ByteBuffer.wrap(bytes(problem.document(request.getHttpURI().getPath()))),
                callback);
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Returns the body as JSON; without a body, an empty object.
     *
     * @throws Problem if it is of another type, or no JSON
     */
    static JsonNode tree(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        ReceivedBody received = ReceivedBody.of(context);
        boolean empty = received.size() == 0;
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json") && !(empty && type.isEmpty())) {
            throw new Problem(
                    415, "Unsupported media type", "the body is '" + shown(type) + "', expected application/json");
        }
        try {
            return empty ? JSON.createObjectNode() : JSON.readTree(received.bytes());
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /**
     * Returns the text of a field that names something, such as a version, which may be written as a number.
     *
     * @return empty if the field is missing or null
     * @throws Problem if it is neither a word nor a whole number
     */
    static Optional<String> word(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Optional<Long> whole = WholeNumbers.of(value);
        if (!value.isTextual() && whole.isEmpty()) {
            throw Problem.badRequest(field + " is neither a word nor a whole number");
        }
        return Optional.of(whole.map(number -> Long.toString(number)).orElseGet(value::textValue));
    }

    /** Returns what is wrong with a body that is in memory: nothing else can fail. */
    static Problem malformed(IOException failure) {
        if (!(failure instanceof JsonProcessingException e)) {
            return Problem.badRequest("the body is not JSON in UTF-8");
        }
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        // What the parser adds is for programmers: where its source is, which option would allow it.
        String message = e.getOriginalMessage().split("\\n| \\(start marker|: enable `", 2)[0];
        return Problem.badRequest("the body is not JSON" + where + ": "
                + (message.length() > 200 ? message.substring(0, 200) + "..." : message));
    }

    /** Returns what a caller sent, to be shown to the caller: not all of a long text. */
    static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /** Returns text for others to see: an address in it has no user and no password. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("://***@");
    }
}
