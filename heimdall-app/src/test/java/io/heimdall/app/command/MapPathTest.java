package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.export.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels that follow a map: the model file has the map beside its network, and so has a file of the training's checkpoint. */
@Tag("slow")
class MapPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GeoPoint[] ROOFS = {
        new GeoPoint(45, 7.6), new GeoPoint(45.02, 7.6), new GeoPoint(45.01, 7.62), new GeoPoint(45.004, 7.628)
    };

    @TempDir
    Path folder;

    private static String sessions(int count) {
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder("session_id,approved,source_name,source_lat,source_lon,frequency_hz,"
                + "station,station_lat,station_lon,level_db\n");
        for (int s = 0; s < count; s++) {
            GeoPoint source = new GeoPoint(45 + 0.02 * random.nextDouble(), 7.6 + 0.03 * random.nextDouble());
            for (int i = 0; i < ROOFS.length; i++) {
                double waves = Math.sin(source.latitude() * 700 + i) + Math.sin(source.longitude() * 500 + 2 * i);
                double level =
                        -20 - 30 * Math.log10(20 + ROOFS[i].distanceMetres(source)) + 7 * waves + random.nextGaussian();
                rows.append(String.format(
                        Locale.ROOT,
                        "s%d,true,walk-%d,%.6f,%.6f,462700000,roof-%d,%.6f,%.6f,%.2f%n",
                        s,
                        s,
                        source.latitude(),
                        source.longitude(),
                        i,
                        ROOFS[i].latitude(),
                        ROOFS[i].longitude(),
                        level));
            }
        }
        return rows.toString();
    }

    private static JsonNode json(Object... words) throws IOException {
        Run run = Run.heimdall(words);
        assertThat(run.exit()).as(run.err()).isZero();
        return JSON.readTree(run.lastLine());
    }

    @Test
    void mapIsInTheFileBesideTheNetwork() throws IOException {
        Path workspace = folder.resolve("workspace");
        Path table = Files.writeString(folder.resolve("levels.csv"), sessions(250));
        json("ingest", "--workspace", workspace, table, "--json");
        JsonNode trained = json("train", "--workspace", workspace, "--pretrain", 40, "--epochs", 2, "--json");
        Path onnx = Path.of(trained.get("onnx").asText());
        try (OnnxModel model = OnnxModel.open(onnx)) {
            assertThat(model.metadata()).containsEntry("level_map", "network^0.5 map^0.7");
        }
        assertThat(onnx.resolveSibling("evidence.safetensors")).isRegularFile();

        Path copy = folder.resolve("copy.onnx");
        Run export = Run.heimdall("export", "--checkpoint", onnx.getParent(), "--out", copy);
        assertThat(export.exit()).as(export.err()).isZero();
        Path some = Files.writeString(
                folder.resolve("some.csv"), sessions(3).replaceAll("(?m)^([^,]*)(,[^,]*){4}", "$1")); // no sources
        assertThat(predicted(copy, some)).isEqualTo(predicted(onnx, some));
        for (String line : predicted(onnx, some).strip().split("\n")) {
            assertThat(JSON.readTree(line).get("latitude").asDouble()).isBetween(44.99, 45.03);
        }
    }

    private static String predicted(Path onnx, Path table) {
        Run run = Run.heimdall("predict", "--model", onnx, table, "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out();
    }
}
