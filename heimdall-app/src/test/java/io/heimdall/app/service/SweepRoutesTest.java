package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.service.Client.Answer;
import io.heimdall.files.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of {@code heimdall sweep}, seen by the service: their files are read while others work on them. */
class SweepRoutesTest {
    private static final String RESULT = "{\"epoch\": 1, \"metric\": %s, \"seconds\": 2.5, \"ended\": false}";

    @TempDir
    Path directory;

    private RunningService service;
    private Client client;
    private Path folder;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        service = RunningService.start(directory, 0, ServiceOptions.local(0));
        client = service.client();
        folder = Files.createDirectories(service.services().working().sweeps().resolve("rates"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void write(String first, String second) throws IOException {
        Files.write(
                folder.resolve("space.yaml"),
                List.of(
                        "rungs: [1]",
                        "base: {network: small, epochs: 2}",
                        "space: {learning-rate: {min: 1e-4, max: 1e-2, log: true}}"));
        Files.writeString(folder.resolve("journal.json"), """
                {"format": 1, "parent_run": "p", "definition": {}, "trials": [
                  {"trial": 1, "values": {"learning_rate": 0.001}, "run_id": "a", "results": [%s], "dropped": false},
                  {"trial": 2, "values": {"learning_rate": 0.002}, "towards_rung": 0, "results": [%s], "dropped": false},
                  {"trial": 3, "values": {"learning_rate": 0.005}, "results": [], "dropped": false}]}
                """.formatted(first, second));
    }

    @Test
    void showsTheTrialsTheBestAndThePicture() throws IOException, InterruptedException {
        assertThat(client.get("/sweeps").json().path("total").asInt()).isZero();
        write(RESULT.formatted("-1.5"), "");

        JsonNode brief = client.get("/sweeps").json().path("sweeps").path(0);
        JsonNode sweep = client.get("/sweeps/rates").json();

        assertThat(brief.path("sweep_id").asText()).isEqualTo("rates");
        assertThat(brief.path("status").asText()).isEqualTo("interrupted");
        assertThat(brief.path("origin").asText()).isEqualTo("command");
        assertThat(brief.path("states").toString()).isEqualTo("{\"stopped\":1,\"interrupted\":1,\"waiting\":1}");
        assertThat(brief.path("best").path("trial").asInt()).isEqualTo(1);
        assertThat(sweep.path("trials")).hasSize(3);
        assertThat(sweep.path("rungs").toString()).isEqualTo("[1,2]");
        assertThat(sweep.path("trials").path(0).path("metric").asDouble()).isEqualTo(-1.5);
        assertThat(sweep.path("space").asText()).contains("learning_rate");
        Answer picture = client.get(sweep.path("picture").asText());
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.response().headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(sweep.toString()).doesNotContain(directory.toString());
    }

    @Test
    void aSweepThatIsLedRuns() throws IOException, InterruptedException {
        write("", "");
        JsonNode sweep = ExclusiveFile.holding(
                folder.resolve("leader.lock"), ExclusiveFile.after(Duration.ofSeconds(5)), "held", () -> {
                    try {
                        return client.get("/sweeps/rates").json();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                });

        assertThat(sweep.path("status").asText()).isEqualTo("running");
        assertThat(sweep.path("trials").path(1).path("state").asText()).isEqualTo("running");
        assertThat(sweep.path("picture").isNull()).isTrue();
        assertThat(client.get("/sweeps/rates/picture").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotThereOrCannotBeReadIsSaid() throws IOException, InterruptedException {
        assertThat(client.get("/sweeps/none").status()).isEqualTo(404);
        assertThat(client.get("/sweeps?limit=0").status()).isEqualTo(400);
        write("", "");
        Files.writeString(folder.resolve("journal.json"), "{}");

        assertThat(client.get("/sweeps").json().path("total").asInt()).isZero();
        assertThat(client.get("/sweeps/rates").status()).isEqualTo(409);
    }
}
