package io.heimdall.servers.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heimdall.dataset.ObjectSource;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectKey;
import io.heimdall.files.ObjectRanges;
import io.heimdall.files.ObjectStoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose caller may read objects and not list them: it denies access to what is missing, as S3 does. */
class RefusedSiblingTest {
    private static final ObjectKey KEY = new ObjectKey("bucket", "s/BBD_1.C16");
    private static final byte[] CONTENT = new byte[4000];

    @TempDir
    private Path cache;

    private HttpServer server;
    private MinioObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", RefusedSiblingTest::answer);
        server.start();
        store = MinioObjectStore.open(
                S3Settings.of("http://127.0.0.1:" + server.getAddress().getPort(), "me", "hush"), cache, 0);
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            if (exchange.getRequestURI().getQuery() != null
                    && exchange.getRequestURI().getQuery().contains("location")) {
                send(exchange, 200, "<LocationConstraint>us-east-1</LocationConstraint>");
            } else if (!exchange.getRequestURI().getPath().equals("/bucket/s/BBD_1.C16")) {
                if (head) {
                    exchange.sendResponseHeaders(403, -1);
                } else {
                    send(exchange, 403, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
                }
            } else {
                exchange.getResponseHeaders().add("ETag", "\"abc\"");
                exchange.getResponseHeaders().add("Last-Modified", "Mon, 30 Nov 2026 10:00:00 GMT");
                exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                if (head) {
                    exchange.getResponseHeaders().add("Content-Length", Integer.toString(CONTENT.length));
                    exchange.sendResponseHeaders(200, -1);
                } else {
                    exchange.getResponseHeaders()
                            .add("Content-Range", "bytes 0-" + (CONTENT.length - 1) + "/" + CONTENT.length);
                    exchange.sendResponseHeaders(206, CONTENT.length);
                    exchange.getResponseBody().write(CONTENT);
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Test
    void aDeniedTextBesideARecordingIsNone() throws IOException {
        ObjectRanges ranges = store.ranges().orElseThrow();
        assertThat(ranges.beside(KEY, "BBD_1.TXT")).isEqualTo(KEY.sibling("BBD_1.TXT"));
        try (Recording recording = Recordings.open(
                ObjectSource.of(ranges, KEY), ReadOptions.defaults().withSampleRateHz(1e6))) {
            assertThat(recording.info().samples()).isEqualTo(CONTENT.length / 4);
        }
    }

    @Test
    void aDeniedRecordingIsAFault() {
        ObjectSource other = ObjectSource.of(store.ranges().orElseThrow(), KEY.sibling("other.C16"));
        assertThatThrownBy(other::exists)
                .isInstanceOf(ObjectStoreException.class)
                .matches(told -> ((ObjectStoreException) told).isRefused())
                .hasMessageContaining("the rights of this key");
    }
}
