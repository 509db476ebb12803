package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limit of connections, of a service that takes 20. */
class ConnectionsTest {
    private static final int MOST = 20;

    @RegisterExtension
    static final OneService SERVICE = new OneService(ServiceOptions.local(0).withConnections(MOST));

    @Test
    void connectionsBeyondTheLimitAreAnsweredBy503UntilOthersClose() throws IOException, InterruptedException {
        try (Crowd crowd = Crowd.of(MOST - 1, SERVICE.port(), "")) {
            assertThat(crowd.clients()).hasSize(MOST - 1);
            awaitMetric("heimdall_connections", MOST);
            assertThat(SERVICE.client().get("/health").status()).isEqualTo(200); // it was there before
            assertThat(HostileRequestsTest.raw(
                            SERVICE.port(), "POST /train HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 5", "Connection: close", "application/problem+json")
                    .contains("there are 20 connections already");
        }
        awaitMetric("heimdall_connections", 1);
        assertThat(SERVICE.running().client().get("/health").status()).isEqualTo(200);
    }

    @Test
    void halfOfTheConnectionsMayFollowJobs() throws IOException, InterruptedException {
        String job =
                SERVICE.client().post("/train", "{}").json().path("task_id").asText();
        String events = "/train/" + job + "/events";
        try (Crowd crowd =
                Crowd.of(MOST / 2, SERVICE.port(), "GET " + events + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(crowd.clients()).hasSize(MOST / 2);
            awaitMetric("heimdall_events_streams", MOST / 2);
            assertThat(SERVICE.client().get(events).detail()).isEqualTo("there are 10 streams of events already");
        }
        SERVICE.client().delete("/train/" + job);
    }

    /** Waits until the service has seen what its clients have done. */
    private static void awaitMetric(String name, int value) throws IOException, InterruptedException {
        while (!SERVICE.client().get("/metrics").response().body().contains("\n" + name + " " + value + ".0\n")) {
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
