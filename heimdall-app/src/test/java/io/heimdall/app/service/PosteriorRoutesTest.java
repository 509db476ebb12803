package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.heimdall.app.service.Client.Answer;
import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxModel;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.pipeline.modelfile.UntrainedModel;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /predict} says of the density around a position, of networks that have learned nothing. */
class PosteriorRoutesTest {
    private static final String MEL = "mel_spectrogram";
    private static final String ONE_CHANNEL =
            Arrays.deepToString(new float[1][128][32]).replace("0.0", "-70");
    private static final String TWO_STATIONS =
            Arrays.deepToString(new float[2][128][32]).replace("0.0", "-70");

    @TempDir
    static Path directory;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void register() throws Exception {
        service = RunningService.start(directory, 0, ServiceOptions.local(0));
        client = service.client();
        register("set", new SetProducer().example());
        Formula standard = new Formula.Standard(new Formula.Given(MEL), -60, 10);
        register(
                "small",
                new InputSpec(
                        "stations",
                        Map.of(),
                        List.of(TensorSpec.floats(MEL, 1, 128, 32)),
                        List.of(new NetworkTensor(TensorSpec.floats(LocalizationNet.FEATURES, 1, 128, 32), standard))));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Registers a network under its name. */
    private static void register(String name, InputSpec input) throws IOException {
        NetworkSpec network = Networks.named(name).network(input);
        ModelDescription description = new ModelDescription(
                input.reading(network.inputs()),
                network.output(),
                new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(50_000)),
                1.5,
                "0".repeat(32),
                Map.of());
        new UntrainedModel(network, description).register(service.services().tracker(), name, directory.resolve(name));
    }

    @Test
    void aNormalDistributionHasACovarianceAMedianAndRegions() throws IOException, InterruptedException {
        JsonNode location = client.post("/predict?model_name=small", "{\"features\": " + ONE_CHANNEL + "}")
                .json()
                .path("locations")
                .path(0);

        double east = location.path("covariance").path(0).path(0).asDouble();
        double north = location.path("covariance").path(1).path(1).asDouble();
        double ellipse = -2 * Math.PI * Math.log(0.05) * Math.sqrt(east * north) / 1e6;
        assertThat(location.has("mixture")).isFalse();
        assertThat(location.path("median").path("longitude").asDouble())
                .isCloseTo(location.path("longitude").asDouble(), Offset.offset(1e-9));
        assertThat(location.path("regions"))
                .extracting(region -> region.path("level").asDouble())
                .containsExactly(0.5, 0.68, 0.9, 0.95);
        assertThat(location.path("regions").path(3).path("area_km2").asDouble())
                .isCloseTo(ellipse, Percentage.withPercentage(5));
    }

    @Test
    void regionsAreLeftOutWhereTheCallerWantsNone() throws IOException, InterruptedException {
        String body = "{\"features\": " + ONE_CHANNEL + "}";

        JsonNode without = client.post("/predict?model_name=small&regions=false", body)
                .json()
                .path("locations")
                .path(0);
        Answer unclear = client.post("/predict?model_name=small&regions=yes", body);

        assertThat(without.has("covariance")).isTrue();
        assertThat(without.has("regions") || without.has("median")).isFalse();
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.detail()).contains("regions is 'yes', expected true or false");
    }

    @Test
    void aMixtureIsThatOfTheModelFile() throws IOException, InterruptedException {
        float[] decibels = new float[2 * 128 * 32];
        Arrays.fill(decibels, -70);
        Map<String, FloatTensor> batch = Map.of(
                MEL,
                FloatTensor.of(decibels, 1, 2, 128, 32),
                "station_position",
                FloatTensor.of(new float[] {45, 8, 45.5f, 7.5f}, 1, 2, 2),
                "heard",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "recorded",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "in_service",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "level_db",
                FloatTensor.of(new float[2], 1, 2),
                "station_index",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "frequency_hz",
                FloatTensor.of(new float[] {100e6f}, 1));
        Location expected;
        try (OnnxModel model = OnnxModel.open(directory.resolve("set/model.onnx"))) {
            expected = model.predict(batch).get(0);
        }

        Answer answer = client.post(
                "/predict?model_name=set",
                "{\"inputs\": {\"mel_spectrogram\": " + TWO_STATIONS + ", \"station_position\": [[45, 8], [45.5, 7.5]],"
                        + "\"heard\": [true, true], \"recorded\": [true, true], \"in_service\": [true, true],"
                        + "\"level_db\": [0, 0], \"station_index\": [1, 1], \"frequency_hz\": 100e6}}");

        JsonNode location = answer.json().path("locations").path(0);
        List<NormalMixture.Component> components = expected.density().components();
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(location.path("mixture")).hasSameSizeAs(components);
        assertThat(components.size()).isGreaterThan(1);
        for (int k = 0; k < components.size(); k++) {
            JsonNode part = location.path("mixture").path(k);
            NormalDistribution normal = components.get(k).normal();
            assertThat(part.path("weight").asDouble())
                    .isCloseTo(components.get(k).weight(), Offset.offset(1e-5));
            assertThat(part.path("latitude").asDouble())
                    .isCloseTo(new LocalPlane(45, 8).latitudeOf(normal.meanNorth()), Offset.offset(1e-4));
            assertThat(part.path("longitude").asDouble())
                    .isCloseTo(new LocalPlane(45, 8).longitudeOf(normal.meanEast()), Offset.offset(1e-4));
            assertThat(part.path("sigma_east_m").asDouble())
                    .isCloseTo(normal.sigmaEast(), Percentage.withPercentage(0.1));
            assertThat(part.path("correlation").asDouble()).isCloseTo(normal.correlation(), Offset.offset(1e-4));
        }
        assertThat(location.path("covariance").path(0).path(0).asDouble())
                .isCloseTo(expected.density().covariance().eastEast(), Percentage.withPercentage(0.1));
        assertThat(location.path("regions").path(2).path("area_km2").asDouble())
                .isCloseTo(expected.density().highestDensityRegion(0.9).area() / 1e6, Percentage.withPercentage(3));
        Path file = directory.resolve("inputs.safetensors");
        Safetensors.write(file, new Weights(batch));
        Answer binary = client.send(
                "POST",
                "/predict?model_name=set",
                BodyPublishers.ofFile(file),
                "Content-Type",
                "application/x-safetensors");
        assertThat(binary.json()).isEqualTo(answer.json());
    }

    private static final String TABLE = "session_id,frequency_hz,station,station_lat,station_lon,level_db,recording,"
            + "bearing_deg,bearing_sigma_deg\n";

    /** Returns the answer to a table of sessions as the only part. */
    private static Answer table(String query, String rows) throws IOException, InterruptedException {
        String body = "--x\r\nContent-Disposition: form-data; name=\"table\"; filename=\"sessions.csv\"\r\n\r\n" + TABLE
                + rows + "\r\n--x--\r\n";
        return client.send(
                "POST",
                "/predict?model_name=set" + query,
                BodyPublishers.ofString(body),
                "Content-Type",
                "multipart/form-data; boundary=x");
    }

    @Test
    void bearingsOfATableAreMultipliedWithTheLevels() throws IOException, InterruptedException {
        // Due north of one station and due east of the other.
        String rows = "s1,145500000,a,45.0,8.0,-60,,0,2\ns1,145500000,b,45.3,7.8,-60,,90,2\n"
                + "s2,145500000,a,45.0,8.0,-60,,,\n";
        Answer answer = table("", rows);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode both = answer.json().path("locations").path(0);
        assertThat(both.path("median").path("latitude").asDouble()).isCloseTo(45.3, Offset.offset(0.02));
        assertThat(both.path("median").path("longitude").asDouble()).isCloseTo(8.0, Offset.offset(0.02));
        assertThat(both.path("evidence").path("bearings").path("weight").asDouble())
                .isEqualTo(1);
        assertThat(both.path("evidence").has("levels")).isTrue();
        assertThat(both.has("mixture")).isFalse();
        JsonNode levels = answer.json().path("locations").path(1);
        assertThat(levels.has("mixture")).isTrue();
        assertThat(levels.has("evidence")).isFalse();

        JsonNode alone =
                table("&evidence=levels", rows).json().path("locations").path(0);
        assertThat(alone.has("mixture")).isTrue();
        JsonNode some = table("&evidence=bearings&regions=false", rows).json();
        JsonNode bearings = some.path("locations");
        assertThat(bearings).hasSize(1);
        assertThat(some.path("warnings")).hasSize(1);
        assertThat(some.path("warnings").path(0).asText()).contains("s2");
        assertThat(bearings.path(0).path("evidence").has("levels")).isFalse();
        assertThat(bearings.path(0).has("regions")).isFalse();
    }

    @Test
    void aMapHasOutlinesOfTheRegionsDensityAndStations() throws IOException, InterruptedException {
        String rows = "s1,145500000,a,45.0,8.0,-60,,0,2\ns1,145500000,b,45.3,7.8,-60,,90,2\n"
                + "s2,145500000,a,45.0,8.0,-60,,,\ns2,145500000,b,45.3,7.8,none,,,\n";
        Answer answer = table("&map=true", rows);
        JsonNode locations = answer.json().path("locations");

        assertThat(locations).as(answer.response().body()).hasSize(2);
        for (JsonNode location : locations) {
            JsonNode map = location.path("map");
            assertThat(map.path("regions"))
                    .extracting(region -> region.path("level").asDouble())
                    .containsExactly(0.95, 0.9, 0.68, 0.5);
            for (JsonNode region : map.path("regions")) {
                double outlined = 0;
                for (JsonNode ring : region.path("rings")) {
                    outlined += Rings.areaKm2(ring);
                }
                assertThat(outlined).isCloseTo(region.path("area_km2").asDouble(), Percentage.withPercentage(5));
            }
            assertThat(map.path("mean").path(0).asDouble())
                    .isCloseTo(location.path("longitude").asDouble(), Offset.offset(1e-5));
            assertThat(map.path("stations"))
                    .extracting(station -> station.path("name").asText())
                    .containsExactly("a", "b");
        }
        JsonNode both = locations.path(0).path("map");
        assertThat(both.path("heat").path("values").asText()).hasSize(96 * 96).contains("9");
        assertThat(both.path("bearings")).hasSize(2);
        JsonNode levels = locations.path(1).path("map");
        assertThat(levels.path("heat").path("components"))
                .hasSameSizeAs(locations.path(1).path("mixture"));
        assertThat(levels.path("stations").path(0).path("level_db").asDouble()).isEqualTo(-60);
        assertThat(levels.path("stations").path(1).path("heard").asBoolean(true))
                .isFalse();
        assertThat(levels.path("stations").path(1).path("level_db").isNull()).isTrue();
        assertThat(levels.path("error_m").isNull()).isTrue();
    }

    @Test
    void featuresHaveMapsWithoutStationsUpToALimit() throws IOException, InterruptedException {
        JsonNode map = client.post("/predict?model_name=small&map=true", "{\"features\": " + ONE_CHANNEL + "}")
                .json()
                .path("locations")
                .path(0)
                .path("map");
        byte[] many = new byte[65 * 128 * 32 * 4];
        Answer refused = client.send(
                "POST",
                "/predict?model_name=small&map=true",
                BodyPublishers.ofByteArray(many),
                "Content-Type",
                "application/octet-stream");

        assertThat(map.path("regions")).hasSize(4);
        assertThat(map.path("stations")).isEmpty();
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).isEqualTo("map is true for 65 locations, expected at most 64");
        assertThat(client.post("/predict?model_name=small&map=1", "{\"features\": " + ONE_CHANNEL + "}")
                        .detail())
                .contains("map is '1', expected true or false");
    }

    @Test
    void aTableNamesPartsOfItsRequestAlone() throws IOException, InterruptedException {
        for (String file :
                List.of("/", "..", "/etc/hostname", "../../../../etc/hostname", "missing.npy", "sub/a.npy")) {
            Answer answer = table("", "s1,145500000,a,45.0,8.0,," + file + ",,\n");
            assertThat(answer.status()).as(file).isEqualTo(422);
            assertThat(answer.detail()).contains("of which there is no part").doesNotContain("heimdall-recordings");
        }
        assertThat(table("", "s1,145500000,a,45.0,8.0,loud,,,\n").detail()).contains("a row of the table", "loud");
        assertThat(table("", "").status()).isIn(200, 422);
        assertThat(table("&rate=48000", "").detail()).contains("rate does not apply to a table");
        for (String evidence : List.of("", "levels,", "all", "LEVELS", "levels%20delays")) {
            Answer answer = table("&evidence=" + evidence, "s1,145500000,a,45.0,8.0,-60,,,\n");
            assertThat(answer.status()).as(evidence).isEqualTo(400);
            assertThat(answer.detail()).contains("expected some of levels, delays, bearings");
        }
    }

    private static String session(String id, String measurements) {
        return "{\"session_id\": \"" + id + "\", \"frequency_hz\": 145500000, \"measurements\": [" + measurements
                + "]}";
    }

    private static String bearing(String station, double latitude, double longitude, double degrees) {
        return "{\"station\": \"" + station + "\", \"station_lat\": " + latitude + ", \"station_lon\": " + longitude
                + ", \"level_db\": -60, \"bearing_deg\": " + degrees + ", \"bearing_sigma_deg\": 2}";
    }

    @Test
    void sessionsInJsonGiveWhatATableGives() throws IOException, InterruptedException {
        String rows = "s1,145500000,a,45.0,8.0,-60,,0,2\ns1,145500000,b,45.3,7.8,-60,,90,2\n";
        JsonNode table = table("", rows).json();
        String sessions = "\"sessions\": ["
                + session("s1", bearing("a", 45.0, 8.0, 0) + ", " + bearing("b", 45.3, 7.8, 90)) + "]";
        Answer json = client.post("/predict?model_name=set", "{" + sessions + "}");
        assertThat(json.status()).as(json.response().body()).isEqualTo(200);
        assertThat(json.json()).isEqualTo(table);
        assertThat(client.post("/predict", "{\"model_name\": \"set\", \"model\": 1, " + sessions + "}")
                        .json())
                .isEqualTo(table);
        assertThat(part("{" + sessions + "}").json()).isEqualTo(table);
    }

    private static Answer part(String json) throws IOException, InterruptedException {
        String body = "--x\r\nContent-Disposition: form-data; name=\"sessions\"; filename=\"sessions.json\"\r\n\r\n"
                + json + "\r\n--x--\r\n";
        return client.send(
                "POST",
                "/predict?model_name=set",
                BodyPublishers.ofString(body),
                "Content-Type",
                "multipart/form-data; boundary=x");
    }

    @Test
    void whatIsWrongWithSessionsIsNamed() throws IOException, InterruptedException {
        String good = bearing("a", 45.0, 8.0, 0);
        Map<String, String> faults = Map.of(
                "{\"sessions\": []}",
                "sessions is no array of one session or more",
                "{\"sessions\": [" + session("s", "") + "]}",
                "sessions[0].measurements is no array of one measurement or more",
                "{\"sessions\": [" + session("s", good.replace("bearing_deg", "bearing")) + "]}",
                "sessions[0].measurements[0] has the unknown field 'bearing'",
                "{\"sessions\": [" + session("s", good.replace("-60", "[1]")) + "]}",
                "sessions[0].measurements[0].level_db is neither a word nor a number",
                "{\"sessions\": [" + session("s", good.replace("\"a\"", "\"a\\nb\"")) + "]}",
                "sessions[0].measurements[0].station has a character that is not printable");
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            Answer answer = client.undescribed(
                    "POST",
                    "/predict?model_name=set",
                    BodyPublishers.ofString(fault.getKey()),
                    "Content-Type",
                    "application/json");
            assertThat(answer.status()).as(fault.getKey()).isEqualTo(400);
            assertThat(answer.detail()).contains(fault.getValue());
        }
        Answer twice = client.post(
                "/predict?model_name=set", "{\"sessions\": [" + session("s", good) + ", " + session("s", good) + "]}");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.detail()).isEqualTo("sessions[1].session_id is that of another session, 's'");
        String loud = "{\"sessions\": [" + session("s", good + ", " + good.replace("-60", "\"loud\"")) + "]}";
        Answer refused = client.undescribed(
                "POST", "/predict?model_name=set", BodyPublishers.ofString(loud), "Content-Type", "application/json");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("sessions[0].measurements[1] cannot be used", "loud");
        Answer missing = part("{\"sessions\": ["
                + session("s", good.replace("\"level_db\": -60", "\"recording\": \"../a.npy\"")) + "]}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.detail()).contains("of which there is no part");
        assertThat(part("{\"model\": \"v1\", \"sessions\": [" + session("s", good) + "]}")
                        .status())
                .isEqualTo(400);
    }
}
