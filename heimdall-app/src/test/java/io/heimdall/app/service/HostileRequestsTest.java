package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.app.service.Client.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send, sent to a running service; it answers, and answers the next one too. */
class HostileRequestsTest {
    private static final int LARGEST = 100_000;

    @RegisterExtension
    static final OneService SERVICE = new OneService(
            ServiceOptions.local(0).within(new ServiceLimits(LARGEST, LARGEST, 4, 4096, Duration.ofSeconds(2))));

    private static String raw(String... pieces) throws IOException {
        return raw(SERVICE.port(), pieces);
    }

    /** Sends characters as the bytes of their numbers, and returns all that is answered. */
    static String raw(int port, String... pieces) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            try {
                for (String piece : pieces) {
                    out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
            } catch (SocketException e) { // it has had enough, and has said why
                return readAll(socket.getInputStream());
            }
            return readAll(socket.getInputStream());
        }
    }

    private static String readAll(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                answer.append((char) b);
            }
        } catch (SocketException e) { // closed in the midst, as by a service that has had enough
            answer.append("(reset)");
        }
        return answer.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/train/../../etc/passwd",
                "/train/..%2f..%2fetc%2fpasswd",
                "/..;/etc/passwd",
                "/train/%2e%2e/report",
                "/train/00000000-0000-0000-0000-000000000000/../../../etc/passwd",
                "/%00",
                "//etc/passwd",
                "/models?name=../../etc/passwd",
                "/%u0041",
                "/train/%u0041",
                "/train/%zz",
                "/train/%ff",
                "/train?limit=%zz",
                "/train?limit=%205",
                "/train?limit=5f",
                "/train?limit=1_0",
                "/train?limit=0x10",
                "/models?name=%0a",
            })
    void pathsLeadNowhereElse(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:");
        assertThat(answer).contains("application/problem+json");
    }

    @Test
    void noGeneratedPathGives500() throws IOException {
        Generated generated = new Generated(20261129);
        for (int n = 0; n < 400; n++) {
            String head = generated.method() + " " + generated.path() + " HTTP/1.1";
            String answer = raw(head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .as(head)
                    .startsWith("HTTP/1.1 ")
                    .doesNotStartWith("HTTP/1.1 50")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: \u00ff",
                "Accept: ;;q=",
                "Range: bytes=9-1",
                "Range: lines=1",
                "Content-Type: \u00ff/\u00fe",
                "Content-Type: application/json; charset=bogus",
                "Content-Type: application/json; charset=\"\u00ff",
                "Content-Type: multipart/form-data; boundary=",
                "Expect: nothing",
                "Cookie: =;\u00ff",
                "Authorization: Bearer \u00ff",
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==",
                "Accept-Charset: bogus",
                "Content-Encoding: gzip",
                "Idempotency-Key: \u00ff",
            })
    void noHeaderGives500(String header) throws IOException {
        for (String request : List.of("GET /health", "GET /train", "POST /train", "POST /predict", "GET /nothing")) {
            String body = request.startsWith("POST") ? "{\"epochs\": 0}" : "";
            String answer = raw(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n" + header + "\r\n\r\n" + body);

            assertThat(answer).as(request).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 50");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "5\r\nhelloX", "0\r\nX\u0000: y\r\n\r\n"})
    void chunksThatAreNoneAreRefused(String chunk) throws IOException {
        for (String path : List.of("/train", "/predict", "/nothing")) {
            String answer = raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0000\u0000{\u0000\u0011\u0000\u0000",
                "\u00ff\u00fe{",
                "{\"\u00ff\": 1}",
                "{\"model_name\": \"\u00ed\u00a0\u0080\"}",
            })
    void bodiesThatAreNoUtf8AreNoJson(String body) throws IOException {
        for (String path : List.of("/train", "/predict")) {
            assertThat(raw("POST " + path
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "\u0000\u0001\r\n\r\n"
            })
    void whatIsNoHttpIsRefused(String garbage) throws IOException {
        assertThat(raw(garbage))
                .containsAnyOf("HTTP/1.1 400", "HTTP/1.1 505", "(reset)")
                .doesNotContain("\tat ");
    }

    @Test
    void unknownIdsAreNotFound() throws IOException, InterruptedException {
        for (String id : List.of("x", "00000000-0000-0000-0000-000000000000", "%27%3B--", "a".repeat(300))) {
            assertThat(SERVICE.client().get("/train/" + id).status()).isEqualTo(404);
            assertThat(SERVICE.client().get("/train/" + id + "/events").status())
                    .isEqualTo(404);
            assertThat(SERVICE.client().get("/train/" + id + "/report").status())
                    .isEqualTo(404);
            assertThat(SERVICE.client().delete("/train/" + id).status()).isEqualTo(404);
        }
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws IOException, InterruptedException {
        Answer path = SERVICE.client().undescribed("GET", "/admin", BodyPublishers.noBody());
        Answer method = SERVICE.client().undescribed("PUT", "/train", BodyPublishers.ofString("{}"));

        assertThat(path.status()).isEqualTo(404);
        assertThat(method.status()).isEqualTo(405);
        SERVICE.client()
                .description()
                .conforms("404", "Problem", path.response().body());
        SERVICE.client()
                .description()
                .conforms("405", "Problem", method.response().body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT     | /train          | POST, GET, HEAD",
                "DELETE  | /train/defaults | GET, HEAD",
                "OPTIONS | /train/defaults | GET, HEAD",
                "TRACE   | /health         | GET, HEAD",
                "FOO     | /predict        | POST",
                "GET     | /predict        | POST",
                "PATCH   | /train/00000000-0000-0000-0000-000000000000 | GET, DELETE, HEAD",
            })
    void aMethodThatAPathDoesNotTakeIsRefusedBesideThoseItTakes(String method, String path, String allowed)
            throws IOException {
        assertThat(raw(method + " " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: " + allowed + "\r\n");
    }

    @Test
    void bodiesBeyondTheLimitAreRefused() throws IOException, InterruptedException {
        String large = "{\"features\": [" + "1,".repeat(LARGEST) + "1]}";

        assertThat(SERVICE.client().post("/predict", large).status()).isEqualTo(413);
        assertThat(SERVICE.client().post("/train", " ".repeat(LARGEST) + "{}").status())
                .isEqualTo(413);
        assertThat(SERVICE.client()
                        .send(
                                "POST",
                                "/predict",
                                BodyPublishers.ofString(
                                        "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"" + "\r\n\r\n"
                                                + "y".repeat(2 * LARGEST) + "\r\n--x--\r\n"),
                                "Content-Type",
                                "multipart/form-data; boundary=x")
                        .status())
                .isIn(404, 413); // no model is registered here: that may be seen first
    }

    @Test
    void bodyWithoutLengthIsCutOffAtTheLimit() throws IOException {
        String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
        String answer = raw(
                "POST /train HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
                chunk.repeat(9));

        assertThat(answer).contains("HTTP/1.1 413").doesNotContain("(reset)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 9 << 20, 30 << 20})
    void whoSendsALargeBodyToItsEndReadsWhyItIsRefused(int bytes) throws IOException {
        String answer = raw(
                "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: " + bytes + "\r\n\r\n",
                " ".repeat(bytes));

        assertThat(answer)
                .contains("HTTP/1.1 413")
                .contains("larger than the " + LARGEST + " bytes")
                .endsWith("}");
    }

    @Test
    void headersBeyondTheLimitAreRefused() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(40_000) + "\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 431", "(reset)");
    }

    @Test
    void unfinishedRequestsDoNotKeepOthersOut() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) { // more than there are threads
                Socket socket = new Socket("127.0.0.1", SERVICE.port());
                slow.add(socket);
                socket.getOutputStream()
                        .write((i % 2 == 0
                                        ? "GET /health HT"
                                        : "POST /train HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Content-Length: 50\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(SERVICE.client().get("/health").status()).isEqualTo(200);
            Socket last = slow.get(149);
            last.setSoTimeout(60_000);
            assertThat(readAll(last.getInputStream())).containsAnyOf("HTTP/1.1 408", "HTTP/1.1 4", "(reset)");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void pagesOfOtherSitesAreKeptOut() throws IOException {
        String rebound = raw("GET /train HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        String foreign = raw("POST /train HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        String form = raw("POST /train HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");

        assertThat(rebound).startsWith("HTTP/1.1 421");
        assertThat(foreign).startsWith("HTTP/1.1 403");
        assertThat(form).startsWith("HTTP/1.1 415");
        assertThat(SERVICE.running().jobs().count()).isEmpty();
    }

    @Test
    void answersSayNothingOfTheServer() throws IOException, InterruptedException {
        Answer answer = SERVICE.client().get("/health");

        assertThat(answer.response().headers().firstValue("Server")).isEmpty();
        assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    @Test
    void isNotReadyWithoutAWorker() throws IOException, InterruptedException {
        Answer answer = SERVICE.client().get("/ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.response().body()).contains("{\"name\":\"workers\",\"state\":\"down\"}");
    }
}
