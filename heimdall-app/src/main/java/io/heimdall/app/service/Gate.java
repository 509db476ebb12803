package io.heimdall.app.service;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in: with a token those who bring it; without one those on this machine, which a page of some other site in a browser
 * on this machine is not.
 */
final class Gate {
    private static final String SCHEME = "bearer ";
    private static final Set<String> OPEN = Set.of("/", "/health", "/openapi.json");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<String> token;
    private final String host;

    Gate(ServiceOptions options) {
        this.token = options.token();
        this.host = options.host();
    }

    void check(Context context) {
        if (token.isPresent()) {
            if (!OPEN.contains(context.path()) && !brings(context, token.get())) {
                throw new Problem(401, "Unauthorized", "the request brings no valid token: Authorization: Bearer TOKEN")
                        .with("WWW-Authenticate", "Bearer");
            }
        } else {
            checkHost(context);
        }
        checkOrigin(context);
    }

    private static boolean brings(Context context, String token) {
        String header = context.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
    }

    /** A foreign name that was made to point at this machine is somebody else's page trying to read along. */
    private void checkHost(Context context) {
        String name = name(Optional.ofNullable(context.header("Host")).orElse(""));
        if (!LOCAL.contains(name) && !name.equals(host)) {
            throw new Problem(421, "Misdirected request", "the service answers to localhost and " + host + " only");
        }
    }

    private static String name(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return (colon > hostAndPort.lastIndexOf(']') ? hostAndPort.substring(0, colon) : hostAndPort)
                .toLowerCase(Locale.ROOT);
    }

    /** A browser says from where a page sends; only the service's own page may change anything. */
    private static void checkOrigin(Context context) {
        String origin = context.header("Origin");
        boolean reading =
                context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
        if (origin != null && !reading && !origin.replaceFirst("^https?://", "").equals(context.header("Host"))) {
            throw new Problem(403, "Forbidden", "a page of another site may not use the service");
        }
    }
}
