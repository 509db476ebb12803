package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.app.jobs.JobStatus;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The champion answers, and a challenger answers every second prediction unseen; one training is registered twice. */
class ShadowTest {
    private static final String MODEL = TrainingSettings.MODEL_NAME;

    @TempDir
    static Path directory;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void trainOnce() throws Exception {
        service = RunningService.start(
                directory, 1, ServiceOptions.local(0).withShadow(Optional.of(new ShadowOptions("challenger", 0.5))));
        client = service.client();
        String job = client.post("/train", RunningService.SMALL)
                .json()
                .path("task_id")
                .asText();
        assertThat(service.jobs().await(job, Duration.ofMinutes(10)).status()).isEqualTo(JobStatus.SUCCEEDED);
        ModelVersion first = service.services().tracker().versions(MODEL).get(0);
        for (int i = 0; i < 2; i++) {
            service.services().tracker().registerModel(MODEL, first.runId(), first.artifact());
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static int answering() throws IOException, InterruptedException {
        return client.send(
                        "POST",
                        "/predict",
                        BodyPublishers.ofByteArray(
                                ByteBuffer.allocate(4 * 7 * 128 * 32).array()),
                        "Content-Type",
                        "application/octet-stream")
                .json()
                .path("model")
                .path("version")
                .asInt();
    }

    private static String metrics() throws IOException, InterruptedException {
        return client.get("/metrics").response().body();
    }

    @Test
    void theChampionAnswersAndTheChallengerIsMeasured() throws IOException, InterruptedException {
        assertThat(answering()).as("without a champion, the newest").isEqualTo(3);
        service.services().tracker().alias(MODEL, "champion", 2);
        service.services().tracker().alias(MODEL, "challenger", 1);
        int asked = 1;
        while (answering() != 2) { // as soon as the list of versions is a second old
            Thread.sleep(50);
            asked++;
        }
        assertThat(client.get("/models?name=" + MODEL)
                        .json()
                        .path("default_version")
                        .asInt())
                .isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            assertThat(answering()).isEqualTo(2);
        }
        asked += 7;
        String all = "heimdall_shadow_distance_metres_count " + asked / 2;
        while (!metrics().contains(all)) {
            Thread.sleep(50);
        }
        assertThat(metrics())
                .doesNotContain("heimdall_shadow_missed_total")
                .containsPattern("heimdall_shadow_distance_metres\\{quantile=\"0.5\"\\} 0")
                .contains("heimdall_shadow_beyond_total 0");

        service.services().tracker().alias(MODEL, "challenger", 2);
        while (!metrics().contains("heimdall_shadow_missed_total{reason=\"same_version\"}")) {
            assertThat(answering()).isEqualTo(2);
            Thread.sleep(50);
        }
    }

    @Test
    void aPlaceIsBeyondTheRegionWhereItsCredibleLevelIsLarger() {
        ShadowPlace place = new ShadowPlace(new GroundPoint(45, 7), other -> other.latitude() > 45.05 ? 0.97 : 0.3);
        ShadowPlace near = new ShadowPlace(new GroundPoint(45.01, 7), other -> 0);
        ShadowPlace far = new ShadowPlace(new GroundPoint(45.1, 7), other -> 0);

        assertThat(place.distanceM(near)).isCloseTo(1112, within(3.0));
        assertThat(place.isBeyond(near, 0.95)).isFalse();
        assertThat(place.isBeyond(far, 0.95)).isTrue();
        assertThatThrownBy(() -> new ShadowOptions("challenger", 0))
                .hasMessage("shadow share 0.0 is not above 0 and at most 1");
    }
}
