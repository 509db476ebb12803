package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A model's life in a simulated world: three versions, the third of which has hardly learned. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromoteCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path workspace;
    private static Run third;

    @BeforeAll
    static void trainThreeVersions() {
        workspace = folder.resolve("w");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 150)
                        .exit())
                .isZero();
        train("--pretrain", 60, "--epochs", 2, "--seed", 1);
        train("--pretrain", 60, "--epochs", 2, "--seed", 1);
        assertThat(heimdall("promote", "1").exit()).isZero();
        third = train("--pretrain", "off", "--epochs", 1, "--learning-rate", "1e-7", "--challenge", "--json");
    }

    private static Run train(Object... options) {
        List<Object> words = new ArrayList<>(List.of("train", "--workspace", workspace, "--batch-size", 16));
        words.addAll(List.of(options));
        Run run = Run.heimdall(words.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static Run heimdall(String command, Object... options) {
        List<Object> words = new ArrayList<>(List.of(command, "--workspace", workspace));
        words.addAll(List.of(options));
        return Run.heimdall(words.toArray());
    }

    private static JsonNode json(Run run) throws IOException {
        return JSON.readTree(run.lastLine());
    }

    @Order(1)
    @Test
    void aTrainingPutsItsVersionUpAgainstTheChampion() throws IOException {
        JsonNode challenge = json(third).get("challenge");
        assertThat(challenge.get("first").asText()).isEqualTo("v1");
        assertThat(challenge.get("second").asText()).isEqualTo("v3");
        assertThat(third.err()).contains("Challenger  v3 is worse than the champion");
        assertThat(Run.heimdall("train", "--workspace", workspace, "--challenge", "--dry-run")
                        .exit())
                .isEqualTo(2);
    }

    @Order(2)
    @Test
    void modelsAreComparedOnSessionsThatNeitherLearnedFrom() throws IOException {
        Path page = folder.resolve("compared.html");
        Run run = heimdall("compare", "v1", "challenger", "--html", page, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode compared = json(run);
        assertThat(compared.get("sessions").asInt()
                        + compared.get("left_out").get("learned_from").asInt())
                .isEqualTo(150);
        JsonNode rms = compared.get("numbers").get("error_rms_m");
        assertThat(rms.get("difference_low").asDouble()).isPositive();
        assertThat(rms.get("second_better").asDouble()).isLessThan(0.05);
        assertThat(compared.get("by").get("place")).isNotEmpty();
        assertThat(page).exists();

        JsonNode same = json(heimdall("compare", "1", "2", "--json"));
        assertThat(same.get("numbers").get("nll").get("difference").asDouble()).isZero();
        assertThat(heimdall("compare", "1", "9").err()).contains("'9' is neither a file, a version nor an alias");
        assertThat(heimdall("compare", "1", "2", "--since", "soon").exit()).isEqualTo(2);
    }

    @Order(3)
    @Test
    void sessionsThatCameAfterTheTrainingsAreComparedToo() throws IOException {
        int before =
                json(heimdall("compare", "1", "2", "--json")).get("sessions").asInt();
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 20, "--seed", 77)
                        .exit())
                .isZero();
        JsonNode after = json(heimdall("compare", "1", "2", "--json"));
        assertThat(after.get("sessions").asInt()).isEqualTo(before + 20);
        assertThat(after.get("notes").toString()).contains("came after a training that knows their source");
    }

    @Order(4)
    @Test
    void aWorseVersionIsPromotedOnlyWithAReason() throws IOException {
        Run refused = heimdall("promote", "v3", "--json");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(json(refused).get("promoted").asBoolean()).isFalse();
        assertThat(refused.err()).contains("Rule        on 5 or more groups", "violated: RMS error", "v1 stays");
        assertThat(heimdall("promote", "v3", "--force").exit()).isEqualTo(2);
        assertThat(heimdall("promote", "v3", "--because", "x").exit()).isEqualTo(2);

        Run alike = heimdall("promote", "v2");
        assertThat(alike.exit()).as(alike.err()).isZero();
        assertThat(alike.out()).contains("Promoted    v2 is champion, v1 is previous");
        assertThat(heimdall("promote", "v2").err()).contains("v2 is champion already");

        Run forced = heimdall("promote", "challenger", "--force", "--because", "to try it", "--json");
        assertThat(forced.exit()).as(forced.err()).isZero();
        assertThat(json(forced).get("because").asText()).isEqualTo("to try it");
        assertThat(json(forced).get("not_worse").asBoolean()).isFalse();
    }

    @Order(5)
    @Test
    void theMonitorLooksAtLaterSessions() throws IOException {
        Run run = heimdall("monitor", "--model", "v1", "--since", "2026-01-01T12:00:00Z", "--json");
        assertThat(run.exit()).as(run.err()).isIn(0, 3, 4);
        JsonNode report = json(run);
        assertThat(report.get("warning").asText())
                .isEqualTo(List.of("ok", "", "", "warning", "alarm").get(run.exit()));
        assertThat(report.get("drifts"))
                .hasSize(7)
                .allSatisfy(drift -> assertThat(drift.get("warning").asText()).isEqualTo("ok"));
        assertThat(report.get("unseen_stations")).isEmpty();
        assertThat(report.get("confirmed").asInt()).isPositive();
        assertThat(run.err()).contains("gain of Torino", "confirmed places are in the region of 90 %");

        Run nothing = heimdall("monitor", "--model", "v1", "--since", "2030-01-01");
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.err()).contains("there is nothing to look at");
        assertThat(heimdall("monitor", "--model", "v1", "--since", "soon").exit())
                .isEqualTo(2);
    }

    @Order(6)
    @Test
    void aReturnLeadsToTheVersionBefore() throws IOException {
        Run back = heimdall("rollback", "--because", "it was tried");
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(back.out()).contains("Returned    v2 is champion again, v3 is previous");
        Path tags = workspace
                .resolve("mlruns/models")
                .resolve(TrainingSettings.MODEL_NAME)
                .resolve("version-2/tags");
        try (var files = Files.list(tags)) {
            assertThat(files).hasSize(2);
        }
        assertThat(heimdall("rollback", "--alias", "staging").err()).contains("has no staging");
    }
}
