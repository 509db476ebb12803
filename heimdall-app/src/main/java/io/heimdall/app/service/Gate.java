package io.heimdall.app.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may come in: with a token those who bring it; without one those on this machine, which a page of some other site in a browser
 * on this machine is not.
 */
final class Gate {
    private static final String SCHEME = "bearer ";
    private static final Set<String> OPEN = Set.of("/", "/health", "/openapi.json");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Optional<String> token;
    private final String host;

    Gate(ServiceOptions options) {
        this.token = options.token();
        this.host = options.host();
    }

    /** Returns why a request may not come in; empty if it may. */
    Optional<Problem> refusal(Request request) {
        Optional<Problem> unknown = token.isPresent() ? withoutToken(request, token.get()) : misdirected(request);
        return unknown.or(() -> foreign(request));
    }

    private static Optional<Problem> withoutToken(Request request, String token) {
        return OPEN.contains(request.getHttpURI().getPath()) || brings(request, token)
                ? Optional.empty()
                : Optional.of(new Problem(
                                401, "Unauthorized", "the request brings no valid token: Authorization: Bearer TOKEN")
                        .with("WWW-Authenticate", "Bearer"));
    }

    private static boolean brings(Request request, String token) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
    }

    /** A foreign name that was made to point at this machine is somebody else's page trying to read along. */
    private Optional<Problem> misdirected(Request request) {
        String name = name(
                Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST)).orElse(""));
        return LOCAL.contains(name) || name.equals(host)
                ? Optional.empty()
                : Optional.of(new Problem(
                        421, "Misdirected request", "the service answers to localhost and " + host + " only"));
    }

    private static String name(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return (colon > hostAndPort.lastIndexOf(']') ? hostAndPort.substring(0, colon) : hostAndPort)
                .toLowerCase(Locale.ROOT);
    }

    /** A browser says from where a page sends; only the service's own page may change anything. */
    private static Optional<Problem> foreign(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        boolean own = origin == null
                || origin.replaceFirst("^https?://", "")
                        .equals(request.getHeaders().get(HttpHeader.HOST));
        return own || READING.contains(request.getMethod())
                ? Optional.empty()
                : Optional.of(new Problem(403, "Forbidden", "a page of another site may not use the service"));
    }
}
