package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.app.service.Client.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service on the embedded default, asked over real connections; one training is done before. */
class HeimdallServiceTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path directory;

    private static RunningService service;
    private static Client client;
    private static String done;
    private static final List<String> EVENTS = new ArrayList<>();

    @BeforeAll
    static void trainOnce() throws IOException, InterruptedException {
        service = RunningService.start(directory, 1, ServiceOptions.local(0));
        client = service.client();
        done = client.post("/train", RunningService.SMALL)
                .json()
                .path("task_id")
                .asText();
        HttpResponse<Stream<String>> events = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + service.http().port() + "/train/" + done + "/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        events.body().filter(line -> !line.isEmpty()).forEach(EVENTS::add); // until the service ends the stream
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void documentTellsOfEveryRouteAndOfNoOther() {
        assertThat(service.http().routes())
                .containsExactlyInAnyOrderElementsOf(client.description().operations());
        assertThat(client.description().document().path("openapi").asText()).startsWith("3.1");
    }

    @Test
    void mapsHaveTheEarth() throws IOException, InterruptedException {
        var earth = client.get("/earth.json").json();

        assertThat(earth.path("towns").get(0).get(0).asText()).isEqualTo("Shanghai");
        assertThat(earth.path("land").size()).isGreaterThan(1000);
        assertThat(client.get("/").response().body()).contains("Volodymyr Agafonkin", "id=\"drop\"", "GroundMap");
    }

    @Test
    void isAliveAndReady() throws IOException, InterruptedException {
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(client.get("/ready").json().path("status").asText()).isEqualTo("ready");
    }

    @Test
    void tellsWhatASubmissionNeedNotSay() throws IOException, InterruptedException {
        Answer defaults = client.get("/train/defaults");

        client.description()
                .conforms("200", "Configuration", defaults.response().body());
        assertThat(defaults.json().path("epochs").asInt()).isEqualTo(40);
        assertThat(defaults.json().path("network").asText()).isEqualTo("set");
    }

    @Test
    void trainingSucceedsWithReportAndVersion() throws IOException, InterruptedException {
        JsonNode job = client.get("/train/" + done).json();

        assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.path("configuration").path("network").asText()).isEqualTo("small");
        assertThat(job.path("progress").path("phase").asText()).isEqualTo("report");
        assertThat(job.path("result").path("weights_sha256").asText()).hasSize(64);
        JsonNode profile = job.path("result").path("profile");
        assertThat(profile.path("steps").asInt()).isPositive();
        assertThat(profile.path("backward_s").asDouble()).isPositive();
        Answer report = client.get(job.path("report").asText());
        assertThat(report.response().body()).contains("<html").contains("version 1");
        assertThat(report.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox"));
        JsonNode newest = client.get("/models").json().path("versions").path(0);
        assertThat(newest.path("run_id").asText()).isEqualTo(job.path("run_id").asText());
        assertThat(newest.path("aliases").path(0).asText()).isEqualTo("newest");
    }

    @Test
    void eventsTellEveryEpochAndTheEnd() throws IOException {
        List<String> kinds = EVENTS.stream()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .toList();
        List<String> data = EVENTS.stream()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();

        assertThat(kinds).contains("state").filteredOn("epoch"::equals).hasSize(2);
        assertThat(kinds.get(kinds.size() - 1)).isEqualTo("end");
        for (int i = 0; i < kinds.size(); i++) {
            client.description()
                    .conforms("event " + kinds.get(i), kinds.get(i).equals("epoch") ? "Epoch" : "Job", data.get(i));
        }
        assertThat(JSON.readTree(data.get(data.size() - 1)).path("status").asText())
                .isEqualTo("succeeded");
    }

    @Test
    void sameKeyMakesOneJob() throws IOException, InterruptedException {
        String body = "{\"network\": \"small\", \"epochs\": 1}";
        String first = client.post("/train", body, "Idempotency-Key", "once")
                .json()
                .path("task_id")
                .asText();
        String again = client.post("/train", body, "Idempotency-Key", "once")
                .json()
                .path("task_id")
                .asText();
        Answer other = client.post("/train", "{\"epochs\": 2}", "Idempotency-Key", "once");
        client.delete("/train/" + first);

        assertThat(again).isEqualTo(first);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.detail()).contains("take another key");
    }

    @Test
    void choosesItsDataAndSaysSo() throws IOException, InterruptedException {
        String id = client.post("/train", """
                        {"network": "small", "epochs": 1, "from": "2026-01-01", "until": "2026-01-02T00:00:00Z",
                         "min_frequency_hz": 144000000, "max_frequency_hz": 146000000, "min_snr_db": 1,
                         "max_clipped_share": 0.5, "stations": ["Torino", "Genova"], "sessions": ["sim-1-000001"]}
                        """).json().path("task_id").asText();
        JsonNode settings = client.get("/train/" + id).json().path("configuration");
        client.delete("/train/" + id);

        assertThat(settings.path("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(settings.path("max_frequency_hz").asLong()).isEqualTo(146_000_000);
        assertThat(settings.path("stations").toString()).isEqualTo("[\"Genova\",\"Torino\"]");
        assertThat(settings.path("sessions").path(0).asText()).isEqualTo("sim-1-000001");
        assertThat(settings.path("training_dataset").isNull()).isTrue();
    }

    @Test
    void cancelsAndSaysSo() throws Exception {
        String id = client.post("/train", "{\"epochs\": 1000, \"patience\": 1000}")
                .json()
                .path("task_id")
                .asText();
        assertThat(client.delete("/train/" + id).status()).isIn(200, 202);
        service.jobs().await(id, java.time.Duration.ofMinutes(10));

        assertThat(client.get("/train/" + id).json().path("status").asText()).isEqualTo("cancelled");
        assertThat(client.delete("/train/" + id).status()).isEqualTo(200);
        assertThat(client.delete("/train/" + done).status()).isEqualTo(409);
    }

    @Test
    void listsInPages() throws IOException, InterruptedException {
        String newest = client.post("/train", RunningService.SMALL)
                .json()
                .path("task_id")
                .asText();
        client.delete("/train/" + newest);

        JsonNode page = client.get("/train?limit=1").json();

        assertThat(page.path("jobs")).hasSize(1);
        assertThat(page.path("total").asInt()).isGreaterThan(1);
        int last = page.path("total").asInt() - 1;
        assertThat(client.get("/train?offset=" + last)
                        .json()
                        .path("jobs")
                        .path(0)
                        .path("task_id")
                        .asText())
                .isEqualTo(done);
        assertThat(client.get("/train?limit=0").status()).isEqualTo(400);
        assertThat(client.get("/train?offset=x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"epoch\": 3}                      | unknown field 'epoch'",
                "400 | {\"epochs\": \"3\"}                 | epochs is \"3\", expected a whole number in 1..1000000",
                "400 | {\"epochs\": 99999999999}           | epochs is 99999999999, expected a whole number",
                "400 | {\"epochs\": 2147483647}            | expected a whole number in 1..1000000",
                "400 | {\"epochs\": 2.5}                   | epochs is 2.5, expected a whole number",
                "400 | {\"batch_size\": 1}                 | batch_size is 1, expected a whole number in 2..8192",
                "400 | {\"threads\": 2147483647}           | expected a whole number in 1..1024",
                "400 | {\"learning_rate\": -1}             | learning_rate is -1, expected a number in 1e-9..10",
                "400 | {\"learning_rate\": 1e-300}         | learning_rate is 1.0E-300, expected a number",
                "400 | {\"clip_norm\": \"NaN\"}            | expected a number in 0.000001..1e9 or Infinity",
                "400 | {\"augment_power_db\": 1e308}       | expected a number in 0..60",
                "400 | {\"augment_station_db\": 1e999}     | expected a number in 0..60",
                "400 | {\"min_snr_db\": 5000}              | expected a number in -200..200",
                "400 | {\"layout\": \"round\"}             | layout is \"round\", expected stations, single-receiver",
                "400 | {\"network\": \"tiny\"}             | network 'tiny' is not known",
                "404 | {\"backend\": \"abacus\"}           | unknown backend 'abacus'",
                "400 | {\"pretrained\": \"../../secret\"}  | the name of a file in the workspace's folder",
                "400 | {\"pretrained\": [\"/etc/passwd\"]} | pretrained",
                "400 | {\"initial\": [\"../../secret\"]}  | initial",
                "404 | {\"pretrained\": \"none.pth\"}      | pretrained names no file in the workspace's folder",
                "400 | {\"model_name\": \"../up\"}         | model_name is '../up', expected letters",
                "400 | {\"augmentation\": 1}               | augmentation is 1, expected true or false",
                "400 | {\"stations\": \"Torino\"}         | stations is \"Torino\", expected a list of words",
                "400 | {\"sessions\": []}                 | sessions is [], expected a list of words, not empty",
                "404 | {\"stations\": [\"Turin\"]}        | there is no station 'Turin'; the catalogue has Aquila di",
                "404 | {\"sessions\": [\"sim-1-1\"]}      | there is no session 'sim-1-1'; the catalogue has sim-1-000000",
                "404 | {\"training_dataset\": \"spring\"} | there is no training dataset 'spring'",
                "400 | {\"stations\": [\"a\\u0000\"]}       | stations has a control character",
                "400 | {\"from\": \"1.2.2026\"}           | from is \"1.2.2026\", expected a date such as 2026-11-24",
                "400 | {\"min_frequency_hz\": 0.5}        | min_frequency_hz is 0.5, expected a whole number",
                "409 | {\"from\": \"2026-02-01\", \"until\": \"2026-01-01\"} | is not before until",
                "409 | {\"min_frequency_hz\": 2, \"max_frequency_hz\": 1} | ends before it begins",
                "400 | {\"epochs\": 1, \"epochs\": 2}      | Duplicate field 'epochs'",
                "400 | []                                  | the settings are [], expected an object",
                "400 | {\"epochs\": 3                      | the body is not JSON at line 1",
            })
    void badConfigurationIsRefusedByName(int status, String body, String said)
            throws IOException, InterruptedException {
        client.refuses("/train", body, status, said);
    }

    @Test
    void keysAreOfPrintableCharacters() throws IOException, InterruptedException {
        assertThat(client.post("/train", "{}", "Idempotency-Key", "k".repeat(256))
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/train", "{}", "Idempotency-Key", "a\tb").status())
                .isEqualTo(400);
    }

    @Tag("slow") // a quarter of a minute, in which nothing happens
    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "multipart/form-data; boundary=x"})
    void bodyThatTricklesInIsCutOff(String type) throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", service.http().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                            + "\r\nContent-Length: 100000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            for (int i = 0; i < 300 && answer.isEmpty(); i++) {
                out.write(i < 3 ? "--x".charAt(i) : ' ');
                out.flush();
                Thread.sleep(100);
                if (socket.getInputStream().available() > 0) {
                    answer.append(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
                }
            }
            assertThat(answer.toString()).isEqualTo("HTTP/1.1 408");
        }
    }

    @Test
    void measuresRequestsByPatternAndJobsByStatus() throws IOException, InterruptedException {
        client.get("/train/" + done);

        String text = client.get("/metrics").response().body();

        assertThat(text)
                .contains("heimdall_jobs{status=\"succeeded\"}", "uri=\"/train/{task_id}\"", "jvm_memory_used_bytes")
                .doesNotContain(done);
    }

    @Test
    void pageNeedsNothingFromElsewhere() throws IOException, InterruptedException {
        Answer page = client.get("/");

        assertThat(page.response().body()).doesNotContainPattern("(src|href)=\"(https?:)?//");
        assertThat(page.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }
}
