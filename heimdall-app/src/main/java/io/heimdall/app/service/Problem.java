package io.heimdall.app.service;

import io.heimdall.app.jobs.SubmissionRefused;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is refused: what a problem document (RFC 9457) says of it. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final String CONTENT_TYPE = "application/problem+json";

    /** Headers of every answer. */
    static final Map<String, String> HARDENED =
            Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-store");

    private final int status;
    private final String title;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Problem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Problem of(SubmissionRefused refused) {
        return refused.reason() == SubmissionRefused.Reason.NOT_THERE
                ? notFound(refused.getMessage())
                : conflict(refused.getMessage());
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    static Problem tooLarge(long most) {
        return new Problem(413, "Content too large", "the body is larger than the " + most + " bytes allowed");
    }

    static Problem tooSlow() {
        return new Problem(408, "Request timeout", "the body comes too slowly").with("Connection", "close");
    }

    static Problem busy(String detail, int retryAfterSeconds) {
        return new Problem(503, "Busy", detail).with("Retry-After", Integer.toString(retryAfterSeconds));
    }

    Problem with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, Object> document(String path) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "about:blank");
        document.put("title", title);
        document.put("status", status);
        document.put("detail", getMessage());
        document.put("instance", path);
        return document;
    }
}
