package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, as a user types them, with a small network. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path workspace;
    private static JsonNode trained;

    @BeforeAll
    static void simulateAndTrain() throws IOException {
        workspace = folder.resolve("workspace");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60)
                        .exit())
                .isZero();
        Run train = Run.heimdall(
                "train",
                "--workspace",
                workspace,
                "--network",
                "small",
                "--epochs",
                2,
                "--batch-size",
                8,
                "--profile",
                "--json");
        assertThat(train.err()).doesNotContain("Exception");
        assertThat(train.exit()).isZero();
        trained = JSON.readTree(train.lastLine());
    }

    @Test
    @Order(1)
    void simulatingAgainAddsNothing() throws IOException {
        Run run = Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60, "--json");

        assertThat(JSON.readTree(run.lastLine()).get("added").asInt()).isZero();
    }

    @Test
    @Order(1)
    void recordedSessionsDoNotGoAmongSimulatedOnes() throws IOException {
        Path table = Files.writeString(
                folder.resolve("one.csv"),
                "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,recording\n"
                        + "s1,true,tx,45,8,145000000,Torino,45.044,7.672,none.npy\n");

        Run run = Run.heimdall("ingest", "--workspace", workspace, table);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("holds simulated sessions");
    }

    @Test
    @Order(2)
    void trainingEndsWithTheEvaluationAndWhereEverythingIs() {
        assertThat(trained.get("model_version").asInt()).isEqualTo(1);
        assertThat(Path.of(trained.get("onnx").asText())).isRegularFile();
        assertThat(Path.of(trained.get("report").asText())).isRegularFile();
        assertEvaluation(trained);
        assertThat(trained.get("profile").get("backward_s").asDouble()).isPositive();
    }

    @Test
    @Order(2)
    void theSummaryOfTheModelFileIsThatOfItsNetwork() throws IOException {
        Run ofFile = Run.heimdall("summary", trained.get("onnx").asText(), "--json");
        JsonNode file = JSON.readTree(ofFile.lastLine());
        Run ofNetwork = Run.heimdall(
                "summary",
                "--network",
                "small",
                "--stations",
                file.get("stations").asInt(),
                "--json");

        JsonNode network = JSON.readTree(ofNetwork.lastLine());
        assertThat(file.get("layers")).isEqualTo(network.get("layers"));
        assertThat(file.get("inputs")).isEqualTo(network.get("inputs"));
        assertThat(file.get("file_bytes").asLong())
                .isEqualTo(Files.size(Path.of(trained.get("onnx").asText())));
        assertThat(ofNetwork.err()).contains("backbone.layer1.0.conv1", "Parameters");
        assertThat(Run.heimdall("summary", trained.get("onnx").asText(), "--network", "small")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    @Order(2)
    void theSummaryOfAVersionIsThatOfItsFile() throws IOException {
        Run ofFile = Run.heimdall("summary", trained.get("onnx").asText());
        Run ofVersion = Run.heimdall("summary", "--workspace", workspace, "newest");

        assertThat(ofVersion.out()).isEqualTo(ofFile.out());
        assertThat(ofVersion.err()).contains("v1 of heimdall-localization");
        assertThat(Run.heimdall("summary", "--workspace", workspace, "v7").err())
                .contains("'v7' is neither a file");
        assertThat(Run.heimdall("summary", "v1").err()).contains("--workspace names the workspace");
    }

    @Test
    @Order(2)
    void aDryRunRegistersNothing() throws IOException {
        Run run = Run.heimdall(
                "train", "--workspace", workspace, "--network", "small", "--batch-size", 8, "--dry-run", "--json");

        assertThat(run.exit()).isZero();
        assertThat(JSON.readTree(run.lastLine()).get("estimate_s").asDouble()).isPositive();
        assertThat(run.err()).contains("nothing was registered or kept", "Evaluation");
        JsonNode runs = JSON.readTree(
                Run.heimdall("runs", "--workspace", workspace, "--json").lastLine());
        assertThat(runs.toString()).doesNotContain("\"version\":2");
        assertThat(Run.heimdall("train", "--workspace", workspace, "--dry-run", "--resume")
                        .err())
                .contains("--dry-run tries a new training");
    }

    private static void assertEvaluation(JsonNode evaluation) {
        assertThat(evaluation.get("sessions").asInt()).isPositive();
        for (String quantile : List.of("p50", "p68", "p90", "p95", "rmse")) {
            assertThat(evaluation.get("error_m").get(quantile).asDouble()).isPositive();
            for (String method :
                    List.of("weighted_centroid", "rss_multilateration", "knn", "fitted_law", "radio_map", "bayes")) {
                assertThat(evaluation.get("baselines").get(method).get(quantile).asDouble())
                        .isPositive();
            }
        }
        for (String region : List.of("50", "68", "90", "95")) {
            assertThat(evaluation.get("coverage").get(region).asDouble()).isBetween(0.0, 1.0);
        }
        assertThat(evaluation.get("nll_density").isNumber()).isTrue();
        assertThat(evaluation.get("baselines").get("bayes").get("nll_density").isNumber())
                .isTrue();
        assertThat(evaluation.get("error_m").get("interval_90").get("rmse")).hasSize(2);
        assertThat(evaluation.get("better_than").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "weighted_centroid", "rss_multilateration", "knn", "fitted_law", "radio_map", "bayes");
        assertThat(evaluation.get("sigma_scale").asDouble()).isPositive();
        assertThat(evaluation.get("nll").isNumber()).isTrue();
    }

    @Test
    @Order(3)
    void evaluateSaysTheSameOfTheSameModel() throws IOException {
        Path report = folder.resolve("report.html");
        Run run = Run.heimdall("evaluate", "--workspace", workspace, "--report", report, "--json");

        JsonNode evaluation = JSON.readTree(run.lastLine());
        assertEvaluation(evaluation);
        for (String same : List.of("error_m", "nll_density", "interval_90", "better_than", "area_km2")) {
            assertThat(evaluation.get(same)).as(same).isEqualTo(trained.get(same));
        }
        assertThat(report).isRegularFile();
        assertThat(Run.heimdall("evaluate", "--workspace", workspace).out())
                .contains("Network", "Exact Bayes", "Weighted centroid", "km");
    }

    @Test
    @Order(4)
    void anotherModelIsJudgedBesideIt() throws IOException {
        Run run = Run.heimdall("evaluate", "--workspace", workspace, "--beside", "v1", "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode evaluation = JSON.readTree(run.lastLine());
        JsonNode twin = evaluation.get("baselines").get("v1");
        assertThat(twin.get("rmse")).isEqualTo(evaluation.get("error_m").get("rmse"));
        assertThat(twin.get("nll_density")).isEqualTo(evaluation.get("nll_density"));
        assertThat(twin.get("coverage")).isEqualTo(evaluation.get("coverage"));
        assertThat(evaluation.get("better_than").get("v1").asDouble()).isEqualTo(0.5);
        assertThat(run.err()).doesNotContain("Warning");
        Run twice = Run.heimdall("evaluate", "--workspace", workspace, "--beside", "v1", "--beside", "v1");
        assertThat(twice.exit()).isEqualTo(2);
        assertThat(twice.err()).contains("--beside names the same model twice: v1, v1");
        Run none = Run.heimdall("evaluate", "--workspace", workspace, "--beside", "none.onnx");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("none.onnx: there is no such model file");
    }

    @Test
    @Order(4)
    void exportWritesTheSameModelFromItsCheckpoint() throws IOException {
        Path onnx = folder.resolve("exported.onnx");
        Path training = Path.of(trained.get("checkpoints").asText()).getParent();

        Run run = Run.heimdall("export", "--checkpoint", training, "--out", onnx, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(onnx).hasSameBinaryContentAs(Path.of(trained.get("onnx").asText()));
        assertThat(JSON.readTree(run.lastLine()).get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    }

    /** Returns a recording of the first session. */
    private static Path recording() throws IOException {
        Path session;
        try (var sessions = Files.list(workspace.resolve("objects/heimdall-raw-iq/sessions"))) {
            session = sessions.sorted().findFirst().orElseThrow();
        }
        try (var files = Files.list(session)) {
            return files.filter(f -> f.toString().endsWith(".npy"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Order(5)
    void predictLocatesRecordingsByStationAndByTable() throws IOException {
        Path recording = recording();
        Path table = Files.writeString(folder.resolve("ask.csv"), """
                session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,recording,sample_rate_hz,start_time,calibration_db
                s1,true,,,,145000000,Torino,45.044,7.672,%s,12500,,
                """.formatted(recording));

        Run byTable = Run.heimdall("predict", "--model", trained.get("onnx").asText(), table, "--json");
        Run byStation = Run.heimdall(
                "predict", "--model", trained.get("onnx").asText(), "Torino=" + recording, "--rate", 12500, "--json");

        assertThat(byTable.exit()).as(byTable.err()).isZero();
        JsonNode one = JSON.readTree(byTable.lastLine());
        JsonNode other = JSON.readTree(byStation.lastLine());
        assertThat(one.get("session_id").asText()).isEqualTo("s1");
        assertThat(one.get("latitude").asDouble()).isBetween(43.0, 47.0);
        assertThat(other.get("latitude")).isEqualTo(one.get("latitude"));
        assertThat(one.get("sigma_north_m").asDouble())
                .isCloseTo(one.get("sigma_lat_deg").asDouble() * 111_130, within(200.0));
        assertThat(one.has("sigma_lon_deg") && one.has("sigma_east_m") && one.has("longitude"))
                .isTrue();
    }

    @Test
    @Order(6)
    void predictSaysWhichSessionsHaveNothingForTheModel() throws IOException {
        String header = "session_id,frequency_hz,station,station_lat,station_lon,recording,level_db,sample_rate_hz\n";
        String level = "level,145000000,Torino,45.044,7.672,,-80,\n";
        Path levels = Files.writeString(folder.resolve("levels.csv"), header + level);
        Path mixed = Files.writeString(
                folder.resolve("mixed.csv"),
                header + level + "s1,145000000,Torino,45.044,7.672," + recording() + ",,12500\n");

        Run none = Run.heimdall("predict", "--model", trained.get("onnx").asText(), levels);
        Run some = Run.heimdall("predict", "--model", trained.get("onnx").asText(), mixed, "--json");

        String fault = "the model takes recordings, of which there are none in level";
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains(fault).doesNotContain("\tat ");
        assertThat(some.exit()).as(some.err()).isZero();
        assertThat(some.err()).contains(fault);
        assertThat(JSON.readTree(some.lastLine()).get("session_id").asText()).isEqualTo("s1");
    }

    @Test
    @Order(6)
    void evaluateSaysThatSessionsOfLevelsHaveNothingForTheModel() throws IOException {
        StringBuilder rows = new StringBuilder(
                "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,level_db\n");
        for (int i = 0; i < 40; i++) {
            rows.append(String.format(
                    Locale.ROOT, "s%d,true,tx-%d,45.0,7.%d,145000000,Torino,45.044,7.672,-80\n", i, i, 10 + i));
        }
        Path levels = folder.resolve("levels-workspace");
        Run ingest = Run.heimdall(
                "ingest", "--workspace", levels, Files.writeString(folder.resolve("all-levels.csv"), rows));
        assertThat(ingest.exit()).as(ingest.err()).isZero();

        Run run = Run.heimdall(
                "evaluate",
                "--workspace",
                levels,
                "--model",
                trained.get("onnx").asText());

        assertThat(run.exit()).isNotZero();
        assertThat(run.err())
                .contains("the model takes recordings, of which there are none in the ", "sessions: there is nothing")
                .doesNotContain("\tat ");
    }

    @Test
    @Order(6)
    void predictAsksWhoseARecordingIs() throws IOException {
        Path file = folder.resolve("unnamed.cu8");
        Files.write(file, new byte[50_000]);

        Run run = Run.heimdall("predict", "--model", trained.get("onnx").asText(), file, "--rate", 12500);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("STATION=FILE", "Torino").doesNotContain("\tat ");
    }

    @Test
    @Order(7)
    void runsListsTheTraining() throws IOException {
        Run run = Run.heimdall("runs", "--workspace", workspace);
        JsonNode runs = JSON.readTree(
                Run.heimdall("runs", "--workspace", workspace, "--json").lastLine());

        assertThat(run.out()).contains(trained.get("run_id").asText(), "finished", "v1");
        assertThat(runs.get(0).get("metrics").get("test/error_p50_m").isNumber())
                .isTrue();
    }

    @Test
    @Order(8)
    void syncWantsAServerAndSaysWhatAServerThatIsAwayDidNotGet() {
        Run nowhere = Run.heimdall("sync", "--workspace", workspace, "--uri", "ftp://host");
        Run refused = Run.heimdall(
                Map.of("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1"),
                "sync",
                "--workspace",
                workspace,
                "--uri",
                "http://127.0.0.1:9");

        assertThat(nowhere.exit()).isEqualTo(2);
        assertThat(nowhere.err()).contains("http://host:port");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(trained.get("run_id").asText()).doesNotContain("\tat ");
    }

    @Test
    @Order(9)
    void resumingWithOtherSettingsIsRefusedAndWithTheSameDoesNothing() throws IOException {
        Run other = Run.heimdall("train", "--workspace", workspace, "--resume", "--epochs", 5);
        Path checkpoint = Path.of(trained.get("onnx").asText()).resolveSibling("checkpoints/last-000002");
        Run same = Run.heimdall("train", "--workspace", workspace, "--resume", checkpoint, "--epochs", 2, "--json");
        Run elsewhere = Run.heimdall("train", "--workspace", workspace, "--resume", folder.resolve("elsewhere"));

        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("epochs was 2 and is 5");
        assertThat(elsewhere.exit()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("--resume: there is no run").contains("elsewhere");
        JsonNode again = JSON.readTree(same.lastLine());
        assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
        assertThat(again.get("model_version").asInt()).isEqualTo(1);
    }

    @Test
    @Order(9)
    void anInitialModelThatIsNotThereIsAWrongUse() {
        Run run = Run.heimdall("train", "--workspace", workspace, "--network", "small", "--initial", "7");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("neither a run 7 in this workspace nor such a version");
    }

    @Test
    @Order(10)
    void aModelOfAnotherSplitIsJudgedWithAWarning() throws IOException {
        Run train = Run.heimdall(
                "train",
                "--workspace",
                workspace,
                "--network",
                "small",
                "--epochs",
                1,
                "--seed",
                2,
                "--model-name",
                "other",
                "--json");
        String other = JSON.readTree(train.lastLine()).get("onnx").asText();

        Run run = Run.heimdall("evaluate", "--workspace", workspace, "--beside", other, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains(
                        "Warning: " + other + " may have learned from sessions that it is judged on",
                        "seed=2",
                        "seed=1");
        assertThat(JSON.readTree(run.lastLine()).get("better_than").has(other)).isTrue();
    }
}
