package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.export.OnnxModel;
import io.heimdall.localization.evidence.Site;
import io.heimdall.pipeline.location.EvidenceMetadata;
import io.heimdall.pipeline.location.FittedEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table of levels and bearings to positions by both, one antenna being mounted askew. */
@Tag("slow")
class EvidencePathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER = "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,"
            + "station_lat,station_lon,level_db,bearing_deg,bearing_sigma_deg\n";
    private static final int SESSIONS = 300;
    private static final double ASKEW = 8;
    private static final List<Site> ROOFS =
            List.of(new Site("roof-a", 45, 7.6), new Site("roof-b", 45.02, 7.6), new Site("roof-c", 45.01, 7.62));

    @TempDir
    static Path folder;

    private static Path workspace;
    private static Run training;
    private static JsonNode trained;

    @BeforeAll
    static void ingestAndTrain() throws IOException {
        workspace = folder.resolve("workspace");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < SESSIONS; i++) {
            rows.append(session("s" + i, true, i % 20 != 0, new Random(i)));
        }
        Path table = Files.writeString(folder.resolve("sessions.csv"), rows);
        assertThat(Run.heimdall("ingest", "--workspace", workspace, table).exit())
                .isZero();
        training = Run.heimdall(
                "train", "--workspace", workspace, "--pretrain", 10, "--epochs", 1, "--batch-size", 8, "--json");
        assertThat(training.exit()).as(training.err()).isZero();
        trained = JSON.readTree(training.lastLine());
    }

    private static GeoPoint source(Random random) {
        return new GeoPoint(45 + 0.02 * random.nextDouble(), 7.6 + 0.02 * random.nextDouble());
    }

    private static String session(String id, boolean known, boolean bearings, Random random) {
        GeoPoint source = source(random);
        StringBuilder rows = new StringBuilder();
        for (Site roof : ROOFS) {
            double level = -20
                    - 30 * Math.log10(20 + roof.distanceM(source.latitude(), source.longitude()))
                    + 3 * random.nextGaussian();
            double bearing = roof.azimuthDegrees(source.latitude(), source.longitude())
                    + 2 * random.nextGaussian()
                    + (roof.name().equals("roof-b") ? ASKEW : 0);
            rows.append(String.format(Locale.ROOT, "%s,true,", id))
                    .append(
                            known
                                    ? String.format(
                                            Locale.ROOT, "tx-%s,%.6f,%.6f", id, source.latitude(), source.longitude())
                                    : ",,")
                    .append(String.format(
                            Locale.ROOT,
                            ",462700000,%s,%.6f,%.6f,%.2f,",
                            roof.name(),
                            roof.latitude(),
                            roof.longitude(),
                            level))
                    .append(bearings ? String.format(Locale.ROOT, "%.3f,2\n", (bearing + 720) % 360) : ",\n");
        }
        return rows.toString();
    }

    @Test
    void trainingKeepsCorrectionsAndExponentsInTheModel() throws IOException {
        assertThat(training.err()).contains("Evidence    exponents: levels", "bearings of roof-b: +");
        FittedEvidence fitted;
        try (OnnxModel model = OnnxModel.open(Path.of(trained.get("onnx").asText()))) {
            fitted = EvidenceMetadata.in(model.description().extra()).orElseThrow();
        }
        assertThat(fitted.corrections().bearingErrors().get("roof-b").value()).isCloseTo(ASKEW, within(1.0));
        assertThat(fitted.exponents().delays()).isEqualTo(1);
        assertThat(fitted.exponents().bearings()).isBetween(0.5, 1.5).isNotEqualTo(1);
        assertThat(trained.get("evidence").get("exponents").get("bearings").asDouble())
                .isEqualTo(fitted.exponents().bearings());
        assertThat(Files.readString(Path.of(trained.get("report").asText())))
                .contains("All evidence", "bearings of roof-b");
    }

    @Test
    void anExportOfTheCheckpointSaysTheSame() throws IOException {
        Path copy = folder.resolve("copy.onnx");
        Run run = Run.heimdall(
                "export",
                "--checkpoint",
                Path.of(trained.get("checkpoints").asText()).getParent(),
                "--out",
                copy);
        assertThat(run.exit()).as(run.err()).isZero();
        try (OnnxModel model = OnnxModel.open(copy);
                OnnxModel first = OnnxModel.open(Path.of(trained.get("onnx").asText()))) {
            assertThat(model.description().extra())
                    .isEqualTo(first.description().extra());
        }
    }

    @Test
    void evaluationJudgesEachKindAloneAndAll() throws IOException {
        Run run = Run.heimdall("evaluate", "--workspace", workspace, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode evaluation = JSON.readTree(run.lastLine());
        JsonNode by = evaluation.get("by_evidence");
        assertThat(by.fieldNames()).toIterable().containsExactly("levels", "bearings", "all");
        assertThat(by.get("levels").get("error_m").get("p50"))
                .isEqualTo(evaluation.get("error_m").get("p50"));
        assertThat(by.get("levels").get("nll_density")).isEqualTo(evaluation.get("nll_density"));
        assertThat(by.get("all").get("sessions")).isEqualTo(evaluation.get("sessions"));
        assertThat(by.get("bearings").get("sessions").asInt())
                .isLessThanOrEqualTo(evaluation.get("sessions").asInt());
        double all = by.get("all").get("error_m").get("p50").asDouble();
        assertThat(all).isLessThan(evaluation.get("error_m").get("p50").asDouble() / 2);
        assertThat(by.get("all").get("coverage").get("90").asDouble()).isGreaterThan(0.6);
        assertThat(by.get("all").get("nll_density").asDouble())
                .isLessThan(by.get("levels").get("nll_density").asDouble());
        assertThat(run.err()).contains("All evidence", "Levels alone", "Bearings alone");
    }

    @Test
    void foldsAreFittedOutsideOfEach() throws IOException {
        Path other = folder.resolve("folds");
        assertThat(Run.heimdall("ingest", "--workspace", other, folder.resolve("sessions.csv"))
                        .exit())
                .isZero();
        Run train = Run.heimdall(
                "train",
                "--workspace",
                other,
                "--folds",
                2,
                "--pretrain",
                2,
                "--epochs",
                1,
                "--batch-size",
                16,
                "--json");
        assertThat(train.exit()).as(train.err()).isZero();
        JsonNode outcome = JSON.readTree(train.lastLine());
        assertThat(outcome.get("evidence").get("folds")).hasSize(2);
        assertThat(outcome.get("by_evidence").fieldNames()).toIterable().containsExactly("levels", "bearings", "all");
        Path copy = folder.resolve("folds.onnx");
        Run export = Run.heimdall(
                "export", "--checkpoint", outcome.get("checkpoints").asText(), "--out", copy);
        assertThat(export.exit()).as(export.err()).isZero();
        try (OnnxModel model = OnnxModel.open(copy)) {
            FittedEvidence fitted =
                    EvidenceMetadata.in(model.description().extra()).orElseThrow();
            assertThat(fitted.folds()).hasSize(2);
            assertThat(fitted.outside(0)).isNotEqualTo(fitted.outside(1));
            for (FittedEvidence fold : fitted.folds()) {
                assertThat(fold.corrections().bearingErrors().get("roof-b").value())
                        .isCloseTo(ASKEW, within(1.5));
            }
        }
    }

    /** Three bearings of 2 degrees leave about 50 m; one session alone may by chance be three times as far off. */
    @Test
    void positionsByBothAreNearTheSources() throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 40; i++) {
            rows.append(session("both" + i, false, true, new Random(1000 + i)));
        }
        Path table = Files.writeString(folder.resolve("forty.csv"), rows);
        Run run = Run.heimdall("predict", "--model", trained.get("onnx").asText(), table, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        String[] lines = run.out().strip().split("\n");
        assertThat(lines).hasSize(40);
        double[] errors = new double[40];
        for (int i = 0; i < 40; i++) {
            JsonNode answer = JSON.readTree(lines[i]);
            assertThat(answer.get("sample_id").asText()).isEqualTo("both" + i);
            errors[i] = source(new Random(1000 + i))
                    .distanceMetres(new GeoPoint(
                            answer.get("latitude").asDouble(),
                            answer.get("longitude").asDouble()));
        }
        Arrays.sort(errors);
        assertThat(errors[20]).as("median of %s", Arrays.toString(errors)).isLessThan(100);
    }

    @Test
    void predictionMultipliesWhatIsThere() throws IOException {
        String onnx = trained.get("onnx").asText();
        String rows = HEADER
                + session("both", false, true, new Random(1000))
                + session("levels", false, false, new Random(1001));
        Path table = Files.writeString(folder.resolve("predict.csv"), rows);
        Path map = folder.resolve("map.geojson");
        Run run = Run.heimdall("predict", "--model", onnx, table, "--json", "--geojson", map);
        assertThat(run.exit()).as(run.err()).isZero();
        String[] lines = run.out().strip().split("\n");
        JsonNode both = JSON.readTree(lines[0]);
        assertThat(both.get("sample_id").asText()).isEqualTo("both");
        JsonNode evidence = both.get("evidence");
        assertThat(evidence.get("bearings").get("weight"))
                .isEqualTo(trained.get("evidence").get("exponents").get("bearings"));
        assertThat(evidence.get("levels").get("weight").asDouble()).isPositive();
        assertThat(evidence.get("bearings")
                        .get("stations")
                        .get(1)
                        .get("correction_deg")
                        .asDouble())
                .isCloseTo(ASKEW, within(1.0));
        assertThat(both.has("mixture")).isFalse();
        assertThat(Files.readString(map)).contains("both: 90 %", "levels: 90 %", "roof-c");

        // Levels alone are what they are without a word about evidence.
        Run levels = Run.heimdall("predict", "--model", onnx, table, "--json", "--evidence", "levels");
        String[] alone = levels.out().strip().split("\n");
        assertThat(alone[1]).isEqualTo(lines[1]).contains("mixture").doesNotContain("evidence");
        assertThat(JSON.readTree(alone[0]).has("evidence")).isFalse();

        Run bearings = Run.heimdall("predict", "--model", onnx, table, "--json", "--evidence", "bearings");
        assertThat(bearings.err()).contains("levels has none of the evidence that is asked for: bearings");
        assertThat(JSON.readTree(bearings.lastLine()).get("evidence").has("levels"))
                .isFalse();
        Run delays = Run.heimdall("predict", "--model", onnx, table, "--evidence", "delays");
        assertThat(delays.exit()).isEqualTo(2);
    }
}
