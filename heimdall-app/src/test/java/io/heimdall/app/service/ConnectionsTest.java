package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of connections, of a service that takes 20. */
class ConnectionsTest {
    private static final int MOST = 20;

    @TempDir
    static Path directory;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = RunningService.start(directory, 0, ServiceOptions.local(0).withConnections(MOST));
        client = service.client(); // has one connection, and keeps it
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void connectionsBeyondTheLimitAreAnsweredBy503UntilOthersClose() throws IOException, InterruptedException {
        try (Crowd crowd = Crowd.of(MOST - 1, service.http().port(), "")) {
            assertThat(crowd.clients()).hasSize(MOST - 1);
            awaitMetric("heimdall_connections", MOST);
            assertThat(client.get("/health").status()).isEqualTo(200); // it was there before
            assertThat(HostileRequestsTest.raw(
                            service.http().port(),
                            "POST /train HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 5", "Connection: close", "application/problem+json")
                    .contains("there are 20 connections already");
        }
        awaitMetric("heimdall_connections", 1);
        assertThat(service.client().get("/health").status()).isEqualTo(200);
    }

    @Test
    void halfOfTheConnectionsMayFollowJobs() throws IOException, InterruptedException {
        String job = client.post("/train", "{}").json().path("task_id").asText();
        String events = "/train/" + job + "/events";
        try (Crowd crowd =
                Crowd.of(MOST / 2, service.http().port(), "GET " + events + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(crowd.clients()).hasSize(MOST / 2);
            awaitMetric("heimdall_events_streams", MOST / 2);
            assertThat(client.get(events).detail()).isEqualTo("there are 10 streams of events already");
        }
        client.delete("/train/" + job);
    }

    /** Waits until the service has seen what its clients have done. */
    private static void awaitMetric(String name, int value) throws IOException, InterruptedException {
        while (!client.get("/metrics").response().body().contains("\n" + name + " " + value + ".0\n")) {
            Thread.sleep(50);
        }
    }

    @Test
    void noConnectionAtAllMakesNoSense() {
        assertThatThrownBy(() -> ServiceOptions.local(0).withConnections(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connections 0");
    }
}
