package io.heimdall.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import io.heimdall.dataset.ingest.LooseRecordings;
import io.heimdall.export.Location;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionMapTest {
    private static final Station TURIN = new Station("Torino", new GeoPoint(45.044, 7.672));
    private static final Station CAR = new Station("car", new GeoPoint(45.2, 7.9));
    private static final Station CAR_LATER = new Station("car", new GeoPoint(45.3, 8));
    private static final Station SOMEWHERE = new Station("somewhere", LooseRecordings.NOWHERE);

    @TempDir
    Path folder;

    private static Estimate estimate(
            String id, Optional<GeoPoint> truth, List<Station> heard, GaussianDistribution density) {
        LocalPlane plane = new LocalPlane(45, 8);
        double latitude = plane.latitudeOf(density.mean().north());
        double longitude = plane.longitudeOf(density.mean().east());
        return new Estimate(id, id, truth, heard, new Location(latitude, longitude, 0.2, 0.3, plane, density));
    }

    private static void write(Optional<Path> geoJson, Optional<Path> kml) throws IOException {
        var two = new NormalMixture(List.of(
                new NormalMixture.Component(0.5, new NormalDistribution(-90e3, 0, 8e3, 8e3, 0)),
                new NormalMixture.Component(0.5, new NormalDistribution(90e3, 0, 8e3, 8e3, 0))));
        try (PredictionMap map = PredictionMap.open(geoJson, kml)) {
            map.add(new Prediction.ByLevels(estimate("s1", Optional.empty(), List.of(TURIN, CAR), two)));
            map.add(new Prediction.ByLevels(estimate(
                    "s2",
                    Optional.of(new GeoPoint(45.1, 8)),
                    List.of(TURIN, CAR_LATER, SOMEWHERE),
                    new NormalDistribution(0, 0, 20e3, 30e3, 0.5))));
            map.finish();
        }
    }

    private static List<JsonNode> ofKind(JsonNode features, String kind) {
        List<JsonNode> found = new ArrayList<>();
        features.forEach(feature -> {
            if (feature.path("properties").path("kind").asText().equals(kind)) {
                found.add(feature);
            }
        });
        return found;
    }

    private JsonNode features() throws IOException {
        Path file = folder.resolve("map.geojson");
        write(Optional.of(file), Optional.empty());
        return new ObjectMapper().readTree(file.toFile()).path("features");
    }

    @Test
    void regionsGoFromTheLargestToTheSmallestWithWhatAPersonAsks() throws IOException {
        List<JsonNode> regions = ofKind(features(), "region");

        assertThat(regions).hasSize(8);
        assertThat(regions.stream()
                        .limit(4)
                        .map(r -> r.path("properties").path("level").asDouble()))
                .containsExactly(0.95, 0.9, 0.68, 0.5);
        assertThat(regions.get(0).path("geometry").path("type").asText()).isEqualTo("MultiPolygon");
        assertThat(regions.get(4).path("geometry").path("type").asText()).isEqualTo("Polygon");
        JsonNode properties = regions.get(4).path("properties");
        double ellipse = -2 * Math.PI * Math.log(0.05) * 20 * 30 * Math.sqrt(0.75);
        assertThat(properties.path("area_km2").asDouble()).isCloseTo(ellipse, within(0.01));
        assertThat(properties.path("session").asText()).isEqualTo("s2");
        assertThat(properties.path("heard").asText()).isEqualTo("Torino, car, somewhere");
        assertThat(properties.path("stations").asInt()).isEqualTo(3);
        assertThat(properties.path("sigma_north_m").asDouble()).isCloseTo(0.2 * 111_130, within(100.0));
    }

    @Test
    void placesArePointsAndTheKnownTransmitterTellsTheError() throws IOException {
        JsonNode features = features();

        assertThat(ofKind(features, "position")).hasSize(2);
        assertThat(ofKind(features, "median")).hasSize(2);
        assertThat(ofKind(features, "source")).singleElement().satisfies(source -> {
            assertThat(source.path("geometry").path("coordinates").toString()).isEqualTo("[8,45.1]");
            assertThat(source.path("properties").path("error_m").asDouble()).isCloseTo(11_120, within(10.0));
        });
    }

    @Test
    void stationsStandOnceAtEachPlaceAndThoseOfUnknownPlaceNowhere() throws IOException {
        List<JsonNode> stations = ofKind(features(), "station");

        assertThat(stations.stream()
                        .map(s -> s.path("properties").path("station").asText()))
                .containsExactly("Torino", "car", "car");
        assertThat(stations.get(0).path("properties").path("estimates").asInt()).isEqualTo(2);
    }

    @Test
    void kmlHasAFolderForEachEstimateAndOneForTheStations() throws IOException {
        Path file = Files.writeString(folder.resolve("map.kml"), "old");

        write(Optional.empty(), Optional.of(file));

        assertThat(Files.readString(file))
                .startsWith("<?xml")
                .contains("<name>s1</name>", "<name>s2</name>", "<name>Stations</name>", "s2: 95 %");
        assertThat(folder.toFile().list()).containsExactly("map.kml");
    }
}
