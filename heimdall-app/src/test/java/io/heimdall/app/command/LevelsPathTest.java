package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Heimdall;
import io.heimdall.app.Run;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.prediction.Prediction;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.pipeline.prediction.SessionPredictor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table of levels without any recording to positions, with receivers on roofs and one on a bus. */
class LevelsPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER =
            "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,level_db\n";
    private static final int SESSIONS = 150;

    @TempDir
    static Path folder;

    private static Path workspace;
    private static JsonNode ingested;
    private static JsonNode trained;

    @BeforeAll
    static void ingestAndTrain() throws IOException {
        workspace = folder.resolve("workspace");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < SESSIONS; i++) {
            rows.append(session("s" + i, "walk-" + i, new Random(i)));
        }
        Path table = Files.writeString(folder.resolve("levels.csv"), rows);
        ingested = JSON.readTree(Run.heimdall("ingest", "--workspace", workspace, table, "--json")
                .lastLine());
        Run train = Run.heimdall(
                "train", "--workspace", workspace, "--pretrain", 10, "--epochs", 2, "--batch-size", 8, "--json");
        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err()).doesNotContain("no pretraining");
        trained = JSON.readTree(train.lastLine());
        assertThat(Path.of(trained.get("checkpoints").asText()).resolveSibling("pretraining"))
                .isNotEmptyDirectory();
    }

    /** A transmitter within 2 km, three roofs and a bus; one roof is at times out of service, and one hears nothing. */
    private static String session(String id, String transmitter, Random random) {
        GeoPoint source = new GeoPoint(45 + 0.02 * random.nextDouble(), 7.6 + 0.02 * random.nextDouble());
        GeoPoint bus = new GeoPoint(45 + 0.02 * random.nextDouble(), 7.6 + 0.02 * random.nextDouble());
        String begin = String.format(
                Locale.ROOT, "%s,true,%s,%.6f,%.6f,462700000,", id, transmitter, source.latitude(), source.longitude());
        StringBuilder rows = new StringBuilder();
        rows.append(begin).append(level("roof-a", new GeoPoint(45, 7.6), source, random));
        rows.append(begin).append(level("bus", bus, source, random));
        if (random.nextBoolean()) {
            rows.append(begin).append(level("roof-b", new GeoPoint(45.02, 7.6), source, random));
        }
        rows.append(begin)
                .append(
                        random.nextInt(5) == 0
                                ? "roof-c,45.01,7.62,none\n"
                                : level("roof-c", new GeoPoint(45.01, 7.62), source, random));
        return rows.toString();
    }

    private static String level(String station, GeoPoint at, GeoPoint source, Random random) {
        double level = -20 - 30 * Math.log10(20 + at.distanceMetres(source)) + 3 * random.nextGaussian();
        return String.format(Locale.ROOT, "%s,%.6f,%.6f,%.2f\n", station, at.latitude(), at.longitude(), level);
    }

    @Test
    void allRowsGoIn() {
        assertThat(ingested.get("added").asInt()).isEqualTo(SESSIONS);
        assertThat(ingested.get("refused")).isEmpty();
        assertThat(ingested.get("warnings")).isEmpty();
    }

    @Test
    void evaluateJudgesInMetresBesideTheOtherMethods() throws IOException {
        Run run = Run.heimdall("evaluate", "--workspace", workspace, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode evaluation = JSON.readTree(run.lastLine());
        assertThat(evaluation.get("sessions").asInt()).isPositive();
        double median = evaluation.get("error_m").get("p50").asDouble();
        assertThat(median).isBetween(1.0, 2500.0);
        assertThat(run.err()).contains("Error in " + (median < 1000 ? "m, " : "km, "));
        assertThat(evaluation.get("baselines").fieldNames()).toIterable().contains("knn", "rss_multilateration");
        for (String posterior : List.of("fitted_law", "radio_map")) {
            JsonNode rival = evaluation.get("baselines").get(posterior);
            assertThat(rival.get("nll_density").isNumber()).as(posterior).isTrue();
            assertThat(rival.get("coverage").get("68").asDouble()).as(posterior).isBetween(0.0, 1.0);
            assertThat(rival.get("interval_90").has("rmse")).as(posterior).isTrue();
        }
    }

    @Test
    void predictTakesLevelsOfStationsNearAndNew() throws IOException {
        String rows = "session_id,frequency_hz,station,station_lat,station_lon,level_db\n"
                + "one,462700000,roof-a,45,7.6,-95\none,462700000,bus,45.011,7.607,-100\n"
                + "one,462700000,tent,45.004,7.611,-88\n"
                + "two,462700000,bus,45.015,7.604,-80\ntwo,462700000,roof-c,45.01,7.62,none\n"
                + "silent,462700000,roof-c,45.01,7.62,none\n";
        Run run = Run.heimdall(
                "predict",
                "--model",
                trained.get("onnx").asText(),
                Files.writeString(folder.resolve("predict.csv"), rows),
                "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("no station heard session 'silent'").doesNotContain("\tat ");
        String[] lines = run.out().strip().split("\n");
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            JsonNode estimate = JSON.readTree(line);
            assertThat(estimate.get("latitude").asDouble()).isBetween(44.9, 45.1);
            assertThat(estimate.get("sigma_east_m").asDouble()).isPositive().isFinite();
        }
    }

    /** Writes a table of sessions without sources. */
    private static Path unknown(String name, int sessions) throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < sessions; i++) {
            rows.append(session("u" + i, "nobody", new Random(1000 + i)));
        }
        return Files.writeString(folder.resolve(name), rows);
    }

    @Test
    void fewPredictionsAreHeldAtATime() throws IOException {
        LocalSessions local = LocalSessions.read(unknown("many.csv", 400), (rows, of) -> {});
        List<WeakReference<Prediction>> given = new ArrayList<>();
        AtomicLong most = new AtomicLong();
        try (SessionLocalizer localizer =
                SessionLocalizer.open(Path.of(trained.get("onnx").asText()), local.recordings(), FeatureCache.none())) {
            new SessionPredictor(localizer, local.recordings(), EnumSet.allOf(EvidenceKind.class))
                    .<RuntimeException>predict(
                            local.sessions(),
                            (session, predictions) -> {
                                assertThat(predictions).hasSize(1);
                                assertThat(predictions.get(0).sessionId()).isEqualTo("u" + given.size());
                                given.add(new WeakReference<>(predictions.get(0)));
                                if (given.size() % 80 == 0) {
                                    System.gc();
                                    long held = given.stream()
                                            .filter(one -> one.get() != null)
                                            .count();
                                    most.accumulateAndGet(held, Math::max);
                                }
                            },
                            warning -> {});
        }
        assertThat(given).hasSize(400);
        assertThat(most.get()).isBetween(1L, 40L);
    }

    @Test
    void linesAreThereBeforeTheMapIsAndTheMapIsWhole() throws IOException {
        Path into = Files.createDirectory(folder.resolve("maps"));
        Path map = into.resolve("map.geojson");
        List<List<String>> seen = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                seen.add(List.of(into.toFile().list()));
            }
        };
        String[] words = {
            "predict",
            "--json",
            "--geojson",
            map.toString(),
            "--model",
            trained.get("onnx").asText(),
            unknown("two.csv", 2).toString()
        };
        assertThat(Heimdall.run(words, System.getenv(), new PrintStream(out, true), System.err))
                .isZero();
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).singleElement().matches(name -> name.endsWith(".part")));
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(into.toFile().list()).containsExactly("map.geojson");
        assertThat(JSON.readTree(map.toFile()).get("features").findValuesAsText("session"))
                .contains("u0", "u1");
    }

    @Test
    void aNetworkOfChannelsIsRefusedBeforeARunIsBegun() throws IOException {
        Run run = Run.heimdall("train", "--workspace", workspace, "--network", "resnet18", "--epochs", 1);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("none of the 150 sessions has what the input 'stations' takes, recordings", "networks", "set")
                .doesNotContain("\tat ");
        assertThat(JSON.readTree(
                        Run.heimdall("runs", "--workspace", workspace, "--json").lastLine()))
                .hasSize(1);
    }
}
