package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.jobs.JobStatus;
import io.heimdall.app.service.Client.Answer;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /predict} of the service on the embedded default, asked over real connections; one training is done before. */
class PredictRoutesTest {
    @TempDir
    static Path directory;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void trainOnce() throws Exception {
        service = RunningService.start(directory, 1, ServiceOptions.local(0));
        client = service.client();
        String job = client.post("/train", RunningService.SMALL)
                .json()
                .path("task_id")
                .asText();
        assertThat(service.jobs().await(job, Duration.ofMinutes(10)).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void predictsTheSameFromNestedArraysAndFromBytes() throws IOException, InterruptedException {
        float[] features = new float[2 * 7 * 128 * 32];
        Random random = new Random(1);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (-60 + 10 * random.nextGaussian());
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * features.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(features);

        JsonNode nested = client.post("/predict", "{\"model\": 1, \"features\": " + nested(features) + "}")
                .json();
        JsonNode plain = client.send(
                        "POST",
                        "/predict?model=newest",
                        BodyPublishers.ofByteArray(bytes.array()),
                        "Content-Type",
                        "application/octet-stream")
                .json();

        assertThat(nested.path("locations")).hasSize(2);
        assertThat(plain.path("locations")).isEqualTo(nested.path("locations"));
        assertThat(plain.path("locations").path(0))
                .isNotEqualTo(plain.path("locations").path(1));
    }

    private static String nested(float[] features) {
        StringBuilder json = new StringBuilder();
        int at = 0;
        for (int row = 0; row < 2; row++) {
            json.append(row == 0 ? "[" : ",");
            for (int channel = 0; channel < 7; channel++) {
                json.append(channel == 0 ? "[" : ",");
                for (int mel = 0; mel < 128; mel++) {
                    json.append(mel == 0 ? "[" : ",");
                    for (int frame = 0; frame < 32; frame++) {
                        json.append(frame == 0 ? "[" : ",").append(features[at++]);
                    }
                    json.append(']');
                }
                json.append(']');
            }
            json.append(']');
        }
        return json.append(']').toString();
    }

    @Test
    void predictsFromRecordingsAsTheLocalizerDoes() throws IOException, InterruptedException {
        Session session =
                service.workspace().catalog().allSessions().findFirst().orElseThrow();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Measurement heard : session.measurements()) {
            part(
                    body,
                    heard.station().name(),
                    "../../" + heard.recorded().orElseThrow().key().key().replace('/', '_'));
            try (var in = service.services()
                    .objects()
                    .open(heard.recorded().orElseThrow().key())) {
                in.transferTo(body);
            }
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write("--x--\r\n".getBytes(StandardCharsets.UTF_8));
        double rate = session.recordings().get(0).sampleRateHz().orElseThrow();

        Answer answer = client.send(
                "POST",
                "/predict?model=v1&rate=" + rate,
                BodyPublishers.ofByteArray(body.toByteArray()),
                "Content-Type",
                "multipart/form-data; boundary=x");

        String run = service.jobs().list(1, 0).jobs().get(0).runId().orElseThrow();
        Path onnx = service.services().trainings().resolve(run).resolve("model.onnx");
        Session uncalibrated = uncalibrated(session); // a recording alone does not say how far its receiver is off
        Estimate expected;
        try (SessionLocalizer localizer =
                SessionLocalizer.open(onnx, service.services().objects(), FeatureCache.none())) {
            expected = localizer.locate(List.of(uncalibrated), n -> {}).get(0);
        }
        JsonNode location = answer.json().path("locations").path(0);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(location.path("latitude").asDouble())
                .isCloseTo(expected.location().latitude(), Offset.offset(1e-4));
        assertThat(location.path("longitude").asDouble())
                .isCloseTo(expected.location().longitude(), Offset.offset(1e-4));
    }

    private static Session uncalibrated(Session session) {
        return session.heardBy(session.measurements().stream()
                .map(m -> m.withRecorded(m.recorded().orElseThrow().calibrated(0)))
                .toList());
    }

    private static void part(ByteArrayOutputStream body, String name, String file) throws IOException {
        body.write(("--x\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void recordingOfNoUseIsNamed() throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "Torino", "noise.npy");
        body.write("no numpy\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8));

        Answer answer = client.send(
                "POST",
                "/predict",
                BodyPublishers.ofByteArray(body.toByteArray()),
                "Content-Type",
                "multipart/form-data; boundary=x");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains("noise.npy").doesNotContain("/tmp");
    }

    private static String form(String body, boolean chunked) throws IOException {
        String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length();
        String sent = chunked ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n" : body;
        return HostileRequestsTest.raw(
                service.http().port(),
                "POST /predict?rate=48000 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data; boundary=x\r\n" + length + "\r\n\r\n" + sent);
    }

    private static String part(String disposition, String content) {
        return "--x\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; name=\"Torino\"; filename=\"a\u0000b.npy\"",
                "form-data; name=\"To\u0001rino\"; filename=\"a.npy\"",
                "form-data; name=\"To\nrino\"; filename=\"a.npy\"",
                "form-data; name=\"Torino\"; filename=\"a\r\nb.npy\"",
                "form-data; name=\"Torino\"; filename=\"\"",
                "form-data; name=\"\"; filename=\"a.npy\"",
                "form-data; filename=\"a.npy\"",
                "form-data; name=\"Torino\"",
                "form-data; name=\"Torino; filename=a",
                "form-data; name=\"Torino\"; filename*=UTF-8''%ff%zz.npy",
                "form-data; name=\"Torino\"; filename=\"../../etc/passwd\"",
                "form-data; name=\"Torino\"; filename=\"..\"",
                "form-data; name=\"a=b\"; filename=\"a.npy\"",
                "form-data; name=\"\u001b[31m\"; filename=\"a.npy\"",
                "attachment",
                "",
            })
    void noNameOfAPartGives500(String disposition) throws IOException {
        for (boolean chunked : new boolean[] {false, true}) {
            assertThat(form(part(disposition, "abc") + "--x--\r\n", chunked))
                    .containsPattern("^HTTP/1.1 4(00|22)")
                    .contains("application/problem+json")
                    .doesNotContain("/tmp", "heimdall-");
        }
    }

    @Test
    void noGeneratedFormGives500() throws IOException {
        Generated generated = new Generated(7);
        for (int n = 0; n < 300; n++) {
            String body = generated.form();

            assertThat(form(body, generated.often())).as(body).containsPattern("^HTTP/1.1 4(00|22)");
        }
    }

    @Test
    void tooManyPartsAreRefused() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int n = 0; n < 5000; n++) {
            body.append(part("form-data; name=\"p" + n + "\"; filename=\"f\"", ""));
        }
        assertThat(form(body + "--x--\r\n", true)).startsWith("HTTP/1.1 400").contains("at most 64 parts");
    }

    @Test
    void aPartBeyondTheLimitIsRefusedHoweverItIsSent() throws IOException {
        String body = part("form-data; name=\"Torino\"; filename=\"a.npy\"", "y".repeat(65 << 20)) + "--x--\r\n";

        assertThat(form(body, true)).startsWith("HTTP/1.1 413").contains("67108864 bytes");
        assertThat(form(body, false)).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12500f", "1e-300", "0x10", "NaN", "1_000", "%205%20", "0", "-5", "1e11", "Infinity", ""})
    void aRateThatIsNoneIsRefused(String rate) throws IOException, InterruptedException {
        Answer answer = client.post("/predict?rate=" + rate, "{\"features\": [[[1]]]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("expected a number in 1..1e10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"features\": [[1, 2], [3]]}        | 409 | arrays of different lengths",
                "{\"features\": [[1, \"a\"]]}         | 400 | something else than numbers",
                "{\"features\": [[[1, 2]]]}           | 409 | have shape [1, 1, 2], the model takes [7, 128, 32]",
                "{\"features\": []}                   | 400 | an empty array",
                "{\"features\": [[[[[1]]]]]}          | 400 | more than 4 levels",
                "{\"x\": 1}                           | 400 | unknown field 'x'",
                "{}                                   | 400 | no field 'features'",
                "{\"features\": [1], \"model\": 77}   | 404 | no version or alias",
                "{\"features\": [1], \"model_name\": \"other\"} | 404 | no version of this model",
                "{\"features\": [1], \"model\": \"../x\"}       | 400 | neither a version",
            })
    void badFeaturesAreRefused(String body, int status, String said) throws IOException, InterruptedException {
        client.refuses("/predict", body, status, said);
    }
}
