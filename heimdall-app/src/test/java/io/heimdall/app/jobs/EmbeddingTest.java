package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Workspace;
import io.heimdall.export.Location;
import io.heimdall.export.OnnxModel;
import io.heimdall.features.recording.Recording;
import io.heimdall.features.recording.Recordings;
import io.heimdall.features.spectrum.FeatureExtractor;
import io.heimdall.features.spectrum.FeatureParameters;
import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/EMBEDDING.md, run. */
class EmbeddingTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.seeded(1)
            .withNetwork("small")
            .withPlan(TrainingPlan.seeded(1).withEpochs(1).withBatchSize(8));

    @TempDir
    Path directory;

    @Test
    void trainsExtractsAndLocates() throws Exception {
        try (Workspace workspace = Workspace.openOrCreate(directory)) {
            new Simulation(World.rss(), 1).writeTo(workspace, 40, 2, done -> {});
        }

        Map<String, Object> result = jobs(directory, SETTINGS);
        Path recording;
        try (Stream<Path> files = Files.walk(directory.resolve("objects"))) {
            recording = files.filter(file -> file.toString().endsWith(".npy"))
                    .findFirst()
                    .orElseThrow();
        }
        float[] features = features(recording);
        Location location = locate(Path.of(String.valueOf(result.get("onnx"))), features);

        assertThat(result).containsEntry("epochs", 1);
        assertThat(features).hasSize(128 * 32);
        assertThat(location.sigmaLatitude()).isPositive();

        Path geoJson = directory.resolve("regions.geojson");
        regions(location, geoJson);

        assertThat(geoJson).content().contains("\"Polygon\"", "\"level\":0.9");
    }

    private static Map<String, Object> jobs(Path directory, TrainingSettings settings) throws Exception {
        // EMBEDDING jobs: begin
        try (Workspace workspace = Workspace.openOrCreate(directory);
                Services services = Services.of(workspace);
                TrainingJobs jobs = TrainingJobs.open(services, JobStore.in(directory), 1)) {
            TrainingJob submitted = jobs.submit(settings);
            jobs.listen(submitted.id(), job -> System.out.println(job.status() + " " + job.progress()));
            TrainingJob done = jobs.await(submitted.id(), Duration.ofHours(1));
            return done.result()
                    .orElseThrow(() -> new IllegalStateException(done.error().orElse("cancelled")));
        }
        // EMBEDDING jobs: end
    }

    private static float[] features(Path file) throws IOException {
        // EMBEDDING features: begin
        FeatureParameters parameters = FeatureParameters.network();
        try (Recording recording = Recordings.open(file)) {
            FeatureExtractor extractor = FeatureExtractor.of(parameters, Double.NaN);
            float[] decibels = new float[extractor.size()];
            extractor.extract(recording, 0, decibels, extractor.newScratch());
            return decibels;
        }
        // EMBEDDING features: end
    }

    private static Location locate(Path onnx, float[] decibels) throws IOException {
        // EMBEDDING localizer: begin
        try (OnnxModel model = OnnxModel.open(onnx)) {
            TensorSpec channels = model.inputs().get(0); // channels, mel bands, frames
            FloatTensor input = FloatTensor.zeros(1, channels.length(0), channels.length(1), channels.length(2));
            String absentDb = model.description().input().parameters().get("absent_db");
            Arrays.fill(input.values(), Float.parseFloat(absentDb));
            System.arraycopy(decibels, 0, input.values(), 0, decibels.length); // the first station's channel
            List<Location> locations = model.predict(Map.of(channels.name(), input));
            return locations.get(0);
        }
        // EMBEDDING localizer: end
    }

    private static void regions(Location location, Path geoJson) throws IOException {
        // EMBEDDING regions: begin
        GroundDensity density = GroundDensity.of(location.plane(), location.density());
        GroundPoint median = density.median();
        GroundRegion likely = density.region(0.9); // holds the transmitter with a probability of 90 %
        System.out.printf(
                "%s, %.0f km2 in %d parts%n",
                median, likely.areaKm2(), likely.polygons().size());
        MapFeature feature =
                new MapFeature("90 %", MapStyle.REGION, new MapShape.Area(likely.polygons()), Map.of("level", 0.9));
        try (OutputStream out = Files.newOutputStream(geoJson)) {
            GeoJson.write(List.of(new MapFolder("session", List.of(feature))).iterator(), out);
        }
        // EMBEDDING regions: end
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs", "features", "localizer", "regions"})
    void documentShowsThisVeryCode(String example) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        String source = Files.readString(root.resolve("heimdall-app/src/test/java")
                .resolve(EmbeddingTest.class.getName().replace('.', '/') + ".java"));
        String begin = "// EMBEDDING " + example + ": begin\n";
        String shown = source.substring(
                        source.indexOf(begin) + begin.length(),
                        source.indexOf("        // EMBEDDING " + example + ": end\n"))
                .indent(-8)
                .stripTrailing();

        assertThat(Files.readString(root.resolve("docs/EMBEDDING.md"))).contains("```java\n" + shown + "\n```");
    }
}
