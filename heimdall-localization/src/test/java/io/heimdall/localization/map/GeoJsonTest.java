package io.heimdall.localization.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoJsonTest {

    private static String written(List<MapFolder> folders) throws IOException {
        var out = new ByteArrayOutputStream();
        GeoJson.write(folders.iterator(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyFeatureOfEveryFolderIsOneLineOfOneCollection() throws IOException {
        String text = written(Maps.folders());

        JsonNode map = new ObjectMapper().readTree(text);
        assertThat(map.path("type").asText()).isEqualTo("FeatureCollection");
        assertThat(map.path("features")).hasSize(3);
        assertThat(text.lines().filter(line -> line.contains("\"Feature\""))).hasSize(3);
        assertThat(map.path("features")).allSatisfy(feature -> {
            assertThat(feature.path("type").asText()).isEqualTo("Feature");
            assertThat(feature.path("properties").isObject()).isTrue();
        });
    }

    @Test
    void areasArePolygonsWithTheirHolesAndSeveralAreAMultiPolygon() throws IOException {
        JsonNode features = new ObjectMapper().readTree(written(Maps.folders())).path("features");
        JsonNode two = features.path(0).path("geometry");
        JsonNode one = features.path(1).path("geometry");

        assertThat(two.path("type").asText()).isEqualTo("MultiPolygon");
        assertThat(two.path("coordinates")).hasSize(2);
        assertThat(two.path("coordinates").path(0)).hasSize(2);
        assertThat(two.path("coordinates").path(0).path(1).path(1).toString()).isEqualTo("[7.5,44.75]");
        assertThat(one.path("type").asText()).isEqualTo("Polygon");
        assertThat(one.path("coordinates").toString())
                .isEqualTo("[[[179.5,10],[180,10],[180,10.5],[179.5,10.5],[179.5,10]]]");
    }

    @Test
    void pointsAreLongitudeFirstAndPropertiesAreKept() throws IOException {
        JsonNode features = new ObjectMapper().readTree(written(Maps.folders())).path("features");

        assertThat(features.path(2).path("geometry").toString())
                .isEqualTo("{\"type\":\"Point\",\"coordinates\":[0,45.044]}");
        assertThat(features.path(2).path("properties").path("estimates").asInt())
                .isEqualTo(3);
        assertThat(features.path(2).path("properties").path("marker-color").asText())
                .matches("#[0-9a-f]{6}");
        assertThat(features.path(0).path("properties").path("session").asText()).isEqualTo("a \"b\" <c> & \u0001");
        assertThat(features.path(0).path("properties").path("level").asDouble()).isEqualTo(0.9);
        assertThat(features.path(0).path("properties").path("fill").asText()).matches("#[0-9a-f]{6}");
    }

    @Test
    void aMapOfNothingIsAnEmptyCollection() throws IOException {
        assertThat(new ObjectMapper().readTree(written(List.of())).toString())
                .isEqualTo("{\"type\":\"FeatureCollection\",\"features\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"1e-9, 0", "-1e-5, -0.00001", "180, 180", "-179.99999999, -180", "7.68512345, 7.6851234", "100, 100"})
    void degreesAreDecimalsToTheCentimetre(double degrees, String text) {
        assertThat(GeoJson.decimal(degrees)).isEqualTo(text);
    }

    @Test
    void aPropertyIsATextOrANumber() {
        MapShape shape = Maps.folders().get(0).features().get(0).shape();
        assertThatThrownBy(() -> new MapFeature("x", MapStyle.REGION, shape, Map.of("heard", List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heard");
        assertThatThrownBy(() -> new MapShape.Area(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
