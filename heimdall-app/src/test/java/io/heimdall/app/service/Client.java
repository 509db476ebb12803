package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Speaks to a running service; each answer is held against the OpenAPI document. */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final String url;
    private final Description description;
    private final List<String> headers = new ArrayList<>();

    Client(int port) throws IOException, InterruptedException {
        this.url = "http://127.0.0.1:" + port;
        this.description = new Description(http.send(
                        HttpRequest.newBuilder(URI.create(url + "/openapi.json"))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body());
    }

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new AssertionError(response.body(), e);
            }
        }

        String detail() {
            return json().path("detail").asText();
        }
    }

    Description description() {
        return description;
    }

    Client with(String header, String value) {
        headers.add(header);
        headers.add(value);
        return this;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path, String json, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(more));
        return send("POST", path, BodyPublishers.ofString(json), all.toArray(String[]::new));
    }

    /** Holds that a body is refused, with words that say why. */
    void refuses(String path, String json, int status, String said) throws IOException, InterruptedException {
        Answer answer = post(path, json);

        assertThat(answer.detail()).contains(said);
        assertThat(answer.status()).isEqualTo(status);
    }

    Answer send(String method, String path, HttpRequest.BodyPublisher body, String... more)
            throws IOException, InterruptedException {
        Answer answer = undescribed(method, path, body, more);
        description.check(
                method,
                path,
                answer.status(),
                answer.response().headers().firstValue("Content-Type").orElse("none"),
                answer.response().body());
        return answer;
    }

    /** For what the service does not offer, which the document does not tell of. */
    Answer undescribed(String method, String path, HttpRequest.BodyPublisher body, String... more)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(120))
                .method(method, body);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }
}
