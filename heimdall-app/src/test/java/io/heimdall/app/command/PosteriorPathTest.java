package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict}: whole posteriors, as numbers and on maps. */
class PosteriorPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final Map<String, Path> MODELS = new HashMap<>();
    private static Path workspace;

    @BeforeAll
    static void simulate() {
        workspace = folder.resolve("workspace");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60)
                        .exit())
                .isZero();
    }

    /** Returns the model file of a network, which has learned a little. */
    private static Path trained(String network) throws IOException {
        if (!MODELS.containsKey(network)) {
            Run train = Run.heimdall("train", "--workspace", workspace, "--network", network, "--epochs", 1, "--json");
            assertThat(train.exit()).as(train.err()).isZero();
            MODELS.put(
                    network, Path.of(JSON.readTree(train.lastLine()).get("onnx").asText()));
        }
        return MODELS.get(network);
    }

    private static Path askedTable() throws IOException {
        StringBuilder table = new StringBuilder(
                "session_id,approved,source_name,source_lat,source_lon,frequency_hz,station,station_lat,station_lon,recording,sample_rate_hz\n");
        List<Path> sessions;
        try (var folders = Files.list(workspace.resolve("objects/heimdall-raw-iq/sessions"))) {
            sessions = folders.sorted().limit(2).toList();
        }
        for (Path session : sessions) {
            String source = session.equals(sessions.get(0)) ? "tx,45.1,8.2" : ",,";
            try (var files = Files.list(session)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".npy"))
                        .sorted()
                        .toList()) {
                    JsonNode about = JSON.readTree(Path.of(file.toString().replace(".npy", "_metadata.json"))
                            .toFile());
                    String station = about.path("station")
                            .asText(about.path("websdr_name").asText());
                    table.append(session.getFileName())
                            .append(",true,")
                            .append(source)
                            .append(",145000000,");
                    table.append(station).append(",45.0,8.0,").append(file).append(",12500\n");
                }
            }
        }
        return Files.writeString(folder.resolve("asked.csv"), table);
    }

    private static String kind(JsonNode feature) {
        return feature.get("properties").get("kind").asText();
    }

    @Test
    void aMixtureComesWithItsRegionsAndItsMap() throws IOException {
        Path model = trained("set");
        Path map = folder.resolve("map.geojson");
        Path kml = folder.resolve("map.kml");

        Path html = folder.resolve("map.html");
        Run run = Run.heimdall(
                "predict", "--model", model, askedTable(), "--geojson", map, "--kml", kml, "--html", html, "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readString(html)).contains("\"components\":[[", "\"rings\":[[", "heard by", "\"land\":[[");
        JsonNode said = JSON.readTree(run.out().lines().findFirst().orElseThrow());
        JsonNode mixture = said.get("mixture");
        double[] mean = new double[2];
        double weights = 0;
        for (JsonNode part : mixture) {
            weights += part.get("weight").asDouble();
            mean[0] += part.get("weight").asDouble() * part.get("latitude").asDouble();
            mean[1] += part.get("weight").asDouble() * part.get("longitude").asDouble();
        }
        assertThat(mixture.size()).isGreaterThan(1);
        assertThat(weights).isCloseTo(1, within(1e-6));
        assertThat(mean[0]).isCloseTo(said.get("latitude").asDouble(), within(1e-4));
        assertThat(mean[1]).isCloseTo(said.get("longitude").asDouble(), within(1e-4));
        JsonNode covariance = said.get("covariance");
        assertThat(covariance.get(0).get(1)).isEqualTo(covariance.get(1).get(0));
        assertThat(Math.sqrt(covariance.get(1).get(1).asDouble()))
                .isCloseTo(said.get("sigma_north_m").asDouble(), withPercentage(2));
        assertThat(said.get("median").get("latitude").asDouble()).isCloseTo(mean[0], within(1.0));
        assertThat(said.get("regions"))
                .extracting(region -> region.get("level").asDouble())
                .containsExactly(0.5, 0.68, 0.9, 0.95);
        JsonNode features = JSON.readTree(map.toFile()).get("features");
        assertThat(features)
                .filteredOn(f -> kind(f).equals("region"))
                .hasSize(8)
                .allSatisfy(region -> {
                    assertThat(region.get("geometry").get("type").asText()).endsWith("Polygon");
                    assertThat(region.get("properties").get("heard").asText()).isNotEmpty();
                });
        assertThat(features).filteredOn(f -> kind(f).equals("source")).hasSize(1);
        assertThat(features).filteredOn(f -> kind(f).equals("station")).isNotEmpty();
        assertThat(said.get("regions").get(3).get("area_km2").asDouble())
                .isCloseTo(features.get(0).get("properties").get("area_km2").asDouble(), withPercentage(0.01));
        assertThat(Files.readString(kml)).startsWith("<?xml").endsWith("</kml>\n");
    }

    @Test
    void aNormalDistributionHasEllipsesAndNoMixture() throws IOException {
        Run run = Run.heimdall("predict", "--model", trained("small"), askedTable(), "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode said = JSON.readTree(run.lastLine());
        double product =
                said.get("sigma_east_m").asDouble() * said.get("sigma_north_m").asDouble();
        assertThat(said.has("mixture")).isFalse();
        assertThat(said.get("covariance").get(0).get(1).asDouble()).isZero();
        assertThat(said.get("median").get("latitude").asDouble())
                .isCloseTo(said.get("latitude").asDouble(), within(1e-9));
        assertThat(said.get("regions").get(2).get("area_km2").asDouble())
                .isCloseTo(-2 * Math.PI * Math.log(0.1) * product / 1e6, withPercentage(0.01));
        assertThat(run.err()).contains("68 % in ");
    }

    @Test
    void mapsThatCannotBeWrittenAreRefusedBeforeAnythingIsRead() throws IOException {
        Path model = trained("small");
        long size = Files.size(model);
        Path table = askedTable();
        Path same = folder.resolve("same");

        Run gone = Run.heimdall("predict", "--model", model, table, "--geojson", folder.resolve("gone/a.geojson"));
        Run directory = Run.heimdall("predict", "--model", model, table, "--kml", folder);
        Run overModel = Run.heimdall("predict", "--model", model, table, "--kml", model);
        Run overTable = Run.heimdall("predict", "--model", model, table, "--geojson", table);
        Run twice = Run.heimdall("predict", "--model", model, table, "--geojson", same, "--kml", same);

        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.err()).contains("gone").doesNotContain("\tat ");
        assertThat(List.of(directory.exit(), overModel.exit(), overTable.exit(), twice.exit()))
                .containsOnly(2);
        assertThat(directory.err()).contains("--kml", "is a directory");
        assertThat(overModel.err()).contains("would overwrite");
        assertThat(overTable.err()).contains("would overwrite");
        assertThat(twice.err()).contains("the same file");
        assertThat(List.of(gone.out(), directory.out(), overModel.out(), twice.out()))
                .containsOnly("");
        assertThat(Files.size(model)).isEqualTo(size);
        assertThat(same).doesNotExist();
    }

    /** A model of one station can locate only what that station heard. */
    @Test
    void modelsAreComparedOnTheSessionsThatAllOfThemLocate() throws IOException {
        Run train = Run.heimdall(
                "train",
                "--workspace",
                workspace,
                "--network",
                "small",
                "--epochs",
                1,
                "--station",
                "Genova",
                "--json");
        assertThat(train.exit()).as(train.err()).isZero();
        String other = JSON.readTree(train.lastLine()).get("onnx").asText();

        Run alone = Run.heimdall(
                "evaluate", "--workspace", workspace, "--model", trained("set"), "--split", "train", "--json");
        Run both = Run.heimdall(
                "evaluate",
                "--workspace",
                workspace,
                "--model",
                trained("set"),
                "--split",
                "train",
                "--beside",
                other,
                "--json");

        assertThat(both.exit()).as(both.err()).isZero();
        int all = JSON.readTree(alone.lastLine()).get("sessions").asInt();
        int common = JSON.readTree(both.lastLine()).get("sessions").asInt();
        assertThat(common).isBetween(1, all - 1);
        assertThat(both.err()).contains((all - common) + " of " + all + " sessions are left out, since another model");
        assertThat(both.lastLine()).doesNotContain("NaN");
    }
}
