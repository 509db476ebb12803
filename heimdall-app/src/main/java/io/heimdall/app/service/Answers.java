package io.heimdall.app.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Reads bodies within their limits and writes JSON. */
final class Answers {
    private static final int MOST_NESTING = 16;
    /** Room is made at once for a body of this length; for a larger one as it comes, since it may never. */
    private static final int SMALL = 512 << 10;

    /** What is taken of a body that is not wanted, and for how long. */
    private static final long MOST_UNWANTED = 64 << 20;

    private static final long UNWANTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s@]+@");
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(64)
                            .maxStringLength(100_000)
                            .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
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
        takeRest(context);
        problem.headers().forEach(context::header);
        context.status(problem.status())
                .contentType(Problem.CONTENT_TYPE)
                .result(bytes(problem.document(context.path())));
    }

    /** Who is still sending when the connection ends may never read the answer: what comes is taken and thrown away. */
    private static void takeRest(Context context) {
        if (context.header("Expect") != null) {
            return; // sends nothing until it is told to
        }
        byte[] block = new byte[1 << 14];
        long end = System.nanoTime() + UNWANTED_NANOS;
        try {
            InputStream in = context.req().getInputStream();
            int read = in.read(block);
            for (long taken = read; read >= 0 && taken < MOST_UNWANTED && System.nanoTime() < end; taken += read) {
                read = in.read(block);
            }
        } catch (IOException | RuntimeException e) {
            return; // gone, or too slow: it gets the answer or not
        }
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the whole body, or refuses it before it fills the memory. */
    static byte[] body(Context context, long most) throws IOException {
        long length = context.req().getContentLengthLong();
        if (length > most) {
            throw Problem.tooLarge(most);
        }
        try (InputStream in = context.bodyInputStream()) {
            if (length >= 0 && length <= SMALL) { // as long as it says: Jetty sees to it
                byte[] body = new byte[(int) length];
                in.readNBytes(body, 0, body.length);
                return body;
            }
            byte[] body = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
            if (body.length > most) {
                throw Problem.tooLarge(most);
            }
            return body;
        }
    }

    /** Returns the body as JSON; an empty one is an empty object. */
    static JsonNode tree(Context context, long most) throws IOException {
        byte[] body = body(context, most);
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    static Problem malformed(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        // What the parser adds is for programmers: where its source is, which option would allow it.
        String message = e.getOriginalMessage().split("\\n| \\(start marker|: enable `", 2)[0];
        return Problem.badRequest("the body is not JSON" + where + ": "
                + (message.length() > 200 ? message.substring(0, 200) + "..." : message));
    }

    /** Returns text for others to see: an address in it has no user and no password. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("://***@");
    }
}
