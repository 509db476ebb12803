package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

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

    @ParameterizedTest
    @CsvSource({",succeeded", "FINISHED,succeeded", "RUNNING,interrupted", "KILLED,interrupted", "FAILED,failed"})
    void whenAllTrialsAreDoneTheLastTrainingDecides(String concluded, String status)
            throws IOException, InterruptedException {
        write("", "");
        Files.writeString(folder.resolve("journal.json"), """
                {"format": 1, "parent_run": "p", "definition": {}, "trials": [
                  {"trial": 1, "values": {"learning_rate": 0.001}, "run_id": "a", "results": [
                     {"epoch": 1, "metric": -1.5, "seconds": 2.5, "ended": false},
                     {"epoch": 2, "metric": -1.6, "seconds": 2.5, "ended": false}], "dropped": false},
                  {"trial": 2, "values": {"learning_rate": 0.002}, "results": [],
                     "failure": "no answer of https://me:secret@example.org/x", "dropped": false}]}
                """);
        if (concluded != null) {
            Files.writeString(folder.resolve("status"), concluded);
        }

        JsonNode sweep = client.get("/sweeps/rates").json();

        assertThat(sweep.path("status").asText()).isEqualTo(status);
        assertThat(sweep.path("trials").path(1).path("failure").asText())
                .contains("example.org")
                .doesNotContain("secret");
    }

    @Test
    void submitsOnceForEachNameAndCancels() throws IOException, InterruptedException {
        String body = "{\"name\": \"a\", \"trials\": 3, \"workers\": 2, \"rungs\": [1], \"seed\": 7,"
                + " \"base\": {\"network\": \"small\", \"epochs\": 2, \"backend\": null},"
                + " \"space\": {\"learning_rate\": {\"min\": 1e-4, \"max\": 0.01, \"log\": true}, \"batch-size\": [8, 16]}}";
        Answer submitted = client.post("/sweeps", body);
        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(202);
        assertThat(submitted.response().headers().firstValue("Location")).hasValue("/sweeps/a");
        assertThat(client.post("/sweeps", body).status()).isEqualTo(202);
        assertThat(client.post("/sweeps", body.replace("[8, 16]", "[8, 32]")).detail())
                .contains("take another name");

        JsonNode sweep = client.get("/sweeps/a").json();
        assertThat(sweep.path("status").asText()).isEqualTo("queued");
        assertThat(sweep.path("origin").asText()).isEqualTo("service");
        assertThat(sweep.path("trials")).hasSize(3);
        assertThat(sweep.path("workers")).hasSize(2);
        assertThat(sweep.path("rungs").toString()).isEqualTo("[1,2]");
        assertThat(client.get("/sweeps").json().path("total").asInt()).isEqualTo(1);
        assertThat(client.get("/train").json().path("total").asInt())
                .as("its jobs are no trainings")
                .isZero();

        assertThat(client.delete("/sweeps/a").status()).isEqualTo(200);
        assertThat(client.get("/sweeps/a").json().path("status").asText()).isEqualTo("cancelled");
        assertThat(client.delete("/sweeps/a").status()).isEqualTo(200);
        assertThat(client.delete("/sweeps/b").status()).isEqualTo(404);
        write("", "");
        assertThat(client.delete("/sweeps/rates").detail()).contains("stop that process");
        assertThat(client.post("/sweeps", body.replace("\"a\"", "\"rates\"")).detail())
                .contains("is that of a sweep of heimdall sweep");
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

    @Test
    void whyASweepCannotBeShownIsSaidOnce() throws IOException, InterruptedException {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(FolderSweeps.class);
        log.addAppender(said);
        try {
            for (int times = 1; times <= 2; times++) {
                write("", "");
                assertThat(client.get("/sweeps").json().path("total").asInt()).isEqualTo(1);
                Files.writeString(folder.resolve("journal.json"), "{}");
                client.get("/sweeps");
                client.get("/sweeps");
                client.get("/sweeps/rates");
                assertThat(said.list).hasSize(times);
            }
            Files.delete(folder.resolve("space.yaml"));
            client.get("/sweeps/rates");
            assertThat(said.list).as("another reason").hasSize(3);
        } finally {
            log.detachAppender(said);
        }
    }

    @Test
    void aFolderThatLacksAFileHidesNoOtherSweep() throws IOException, InterruptedException {
        write("", "");
        Path other = Files.createDirectories(folder.resolveSibling("other"));
        Files.copy(folder.resolve("journal.json"), other.resolve("journal.json"));

        assertThat(client.get("/sweeps").json().path("sweeps").findValuesAsText("sweep_id"))
                .containsExactly("rates");
        assertThat(client.get("/sweeps/other").status()).isEqualTo(409);
    }
}
