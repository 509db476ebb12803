package io.heimdall.app.service;

import java.util.List;
import java.util.Random;

/**
 * Requests as a fuzzer makes them: what is right, with pieces changed, doubled, cut out and put in. Characters stand for bytes; the
 * same seed gives the same.
 */
final class Generated {
    private static final List<String> PIECES = List.of(
            "\r\n",
            "\n",
            "\r",
            "\u0000",
            "\u0001",
            "\u001b[31m",
            "\u007f",
            "\u00ff\u00fe",
            "\"",
            "\\",
            ";",
            "=",
            ":",
            "--x",
            "--x--",
            "--x\r\n",
            "\r\n\r\n",
            "filename*=UTF-8''%ff",
            "filename=\"\"",
            "name=\"\"",
            "; name=\"a\nb\"",
            "; filename=\"a\rb\"",
            "Content-Disposition: form-data\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "A: b\r\n".repeat(50),
            "a".repeat(5000));

    private static final List<String> PATH_PIECES = List.of(
            "/",
            "//",
            "/./",
            "/../",
            "%2e%2e",
            "%2f",
            "%5c",
            "%00",
            "%0a",
            "%zz",
            "%",
            "%u0041",
            "%ff",
            "%c0%af",
            "%ed%a0%80",
            ";",
            ";a=b",
            "?",
            "&",
            "=",
            "+",
            "#",
            "|",
            "{",
            "}",
            "<",
            ">",
            "^",
            "`",
            "\"",
            "\\",
            "\u00ff",
            "*",
            "a".repeat(3000),
            "train",
            "predict",
            "models",
            "events",
            "report",
            "health",
            "limit=1",
            "name=x",
            "rate=5",
            "00000000-0000-0000-0000-000000000000");

    private static final String PART = "--x\r\nContent-Disposition: form-data; name=\"Torino\"; filename=\"a.npy\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\u0093NUMPY\u0001\u0000v\u0000{}\r\n";

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    /** Returns the body of a form of the boundary {@code x}. */
    String form() {
        StringBuilder body = new StringBuilder(PART.repeat(1 + random.nextInt(3))).append("--x--\r\n");
        for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
            int at = random.nextInt(body.length() + 1);
            int end = Math.min(body.length(), at + random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0 -> body.insert(at, one(PIECES));
                case 1 -> body.delete(at, end);
                case 2 -> body.insert(at, body.substring(at, end));
                default ->
                    body.replace(at, Math.min(body.length(), at + 1), String.valueOf((char) random.nextInt(256)));
            }
        }
        return body.toString();
    }

    /** Returns a path, with a query or without. */
    String path() {
        StringBuilder path = new StringBuilder("/");
        for (int pieces = 1 + random.nextInt(7); pieces > 0; pieces--) {
            path.append(one(PATH_PIECES));
        }
        return path.toString();
    }

    String method() {
        return one(List.of("GET", "POST", "DELETE", "HEAD", "PUT", "OPTIONS", "TRACE", "FOO"));
    }

    boolean often() {
        return random.nextInt(3) > 0;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
